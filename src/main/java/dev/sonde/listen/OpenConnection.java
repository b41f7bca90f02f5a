package dev.sonde.listen;

import dev.sonde.eventloop.Command;
import dev.sonde.lane.Lane;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.probe.spec.CloseMode;

/// An accepted connection that is open, whatever it meets. As a command it begins. Confined to its
/// loop's thread, but for [#log], [#belongsTo] and [#isOn].
interface OpenConnection extends Command {

    ConnectionLog log();

    /// Whether it is served on `lane`.
    boolean isOn(Lane lane);

    /// Whether `listener` accepted it, and `lane` serves it.
    boolean belongsTo(ConnectionOwner listener, Lane lane);

    /// The listener closes.
    void onListenerClosed();

    /// Somebody asks for its end.
    void endByRequest(CloseMode mode);
}
