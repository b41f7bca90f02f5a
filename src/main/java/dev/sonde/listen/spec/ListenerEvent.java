package dev.sonde.listen.spec;

import java.net.InetSocketAddress;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that happened at a listener.
public sealed interface ListenerEvent {

    /// The listener's name.
    String listener();

    Instant at();

    /// The listener does something else now.
    ///
    /// @param state what it does now; absent where it was deleted
    /// @param address where it listens, while it does
    /// @param problem why it failed
    record Changed(
            String listener,
            Instant at,
            ListenerChange change,
            @Nullable ListenerState state,
            @Nullable InetSocketAddress address,
            @Nullable ListenerProblem problem)
            implements ListenerEvent {}

    /// A connection was accepted.
    ///
    /// @param connection its number, unique in this process
    record Accepted(String listener, Instant at, long connection, InetSocketAddress remote)
            implements ListenerEvent {}

    /// A newcomer was reset, because as many as allowed were open.
    record Rejected(String listener, Instant at, InetSocketAddress remote)
            implements ListenerEvent {}

    record Ended(
            String listener,
            Instant at,
            long connection,
            InetSocketAddress remote,
            ConnectionEnd end,
            long bytesIn,
            long bytesOut)
            implements ListenerEvent {}
}
