package dev.sonde.listen.spec;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/// A listener at one instant.
///
/// @param definition as it was asked for, and since when
/// @param address where it really listens; absent while it does not
/// @param queue its accept queue; absent while it does not listen
/// @param failure why it does not listen; absent unless it failed
public record ListenerStatus(
        StoredListener definition,
        ListenerState state,
        @Nullable InetSocketAddress address,
        @Nullable Queue queue,
        ConnectionCounts connections,
        @Nullable Failure failure) {

    /// The accept queue, in the kernel's words.
    ///
    /// @param length connections that wait for accept
    /// @param limit the backlog in force; one more is admitted
    /// @param drops SYNs and handshakes dropped since it listens
    public record Queue(@Nullable Long length, @Nullable Long limit, @Nullable Long drops) {}

    public record Failure(ListenerProblem problem, String detail) {}

    public String name() {
        return definition.spec().name();
    }

    /// Address before the latest start of the service, if it differs from the address now.
    public @Nullable InetSocketAddress previousAddress() {
        InetSocketAddress before = definition.address();
        return address == null || address.equals(before) ? null : before;
    }
}
