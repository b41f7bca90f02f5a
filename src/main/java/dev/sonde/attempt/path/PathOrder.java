package dev.sonde.attempt.path;

import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.attempt.connect.SourceRefusal;
import dev.sonde.probe.path.PathSettings;
import dev.sonde.probe.spec.SourceAddress;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import org.jspecify.annotations.Nullable;

/// The target of a question and its limits.
///
/// @param isReset whether a connection that the target accepts is ended with a RST
/// @param isHalfOpen whether the final ACK is withheld where the target answers
/// @param sourcePort to connect from, 0 for one that the kernel chooses before the connect; absent
///     where none is bound
public record PathOrder(
        InetSocketAddress remote,
        PathSettings settings,
        @Nullable SourceAddress source,
        boolean isReset,
        boolean isHalfOpen,
        @Nullable Integer sourcePort,
        ConnectErrors errors) {

    /// Binds a channel to the source of this order.
    ///
    /// @return null where it is bound, or no source is wanted
    @Nullable SourceRefusal bind(NetworkChannel opened) {
        return source == null && sourcePort == null
                ? null
                : SourceRefusal.bind(opened, source, sourcePort == null ? 0 : sourcePort, errors);
    }

    /// The same from one source port, ended with a RST so that the port can be used again.
    PathOrder from(int port) {
        return new PathOrder(remote, settings, source, true, isHalfOpen, port, errors);
    }
}
