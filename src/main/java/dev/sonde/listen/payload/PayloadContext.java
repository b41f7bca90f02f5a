package dev.sonde.listen.payload;

import dev.sonde.lane.Lane;
import dev.sonde.listen.record.ConnectionLog;
import dev.sonde.listen.transport.AcceptedSocket;
import org.jspecify.annotations.Nullable;

/// The surroundings of one connection's payload. They stay the same when TLS begins.
///
/// @param lane of the connection's loop
/// @param counts of the listener
/// @param mostBytes in either direction; no limit when absent
public record PayloadContext(
        AcceptedSocket socket,
        Lane lane,
        PayloadCounts counts,
        ConnectionLog history,
        @Nullable Long mostBytes) {}
