package dev.sonde.attempt.connect;

import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.InterfaceGoneException;
import dev.sonde.probe.spec.SourceAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A source address that this host refused to bind.
///
/// @param errno absent where the address has no interface any more
public record SourceRefusal(@Nullable Errno errno, Outcome outcome) {

    /// Binds a socket to the source address of the settings.
    ///
    /// @return null where it is bound
    public static @Nullable SourceRefusal bind(
            SocketChannel channel, SourceAddress source, ConnectErrors errors) {
        return bind(channel, source, 0, errors);
    }

    /// The same to one port.
    ///
    /// @param source absent for the kernel's choice
    /// @param port 0 for the kernel's choice
    public static @Nullable SourceRefusal bind(
            NetworkChannel channel,
            @Nullable SourceAddress source,
            int port,
            ConnectErrors errors) {
        @Nullable InetAddress address;
        try {
            address = source == null ? null : source.address();
        } catch (InterfaceGoneException e) {
            return new SourceRefusal(null, ConnectErrors.ofMissingSource(e.sentence()));
        }
        try {
            channel.bind(new InetSocketAddress(address, port));
            return null;
        } catch (IOException | RuntimeException e) {
            Errno errno = errors.errnoOf(e, 0);
            return new SourceRefusal(errno, ConnectErrors.ofSourceBind(errno));
        }
    }
}
