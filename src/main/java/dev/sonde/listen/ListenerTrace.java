package dev.sonde.listen;

import dev.sonde.probe.TimelineEvent;
import java.util.List;

/// The listener's side of a connection that is open or recorded.
public final class ListenerTrace {

    private final ConnectionLog log;

    ListenerTrace(ConnectionLog log) {
        this.log = log;
    }

    /// When the listener was found ready to accept it, on the loops' ticker.
    public long readyNanos() {
        return log.startNanos();
    }

    /// The listener's events, oldest first.
    ///
    /// @param sinceNanos when the client called connect, on the loops' ticker
    public List<TimelineEvent> timeline(long sinceNanos) {
        return log.timelineSince(sinceNanos);
    }
}
