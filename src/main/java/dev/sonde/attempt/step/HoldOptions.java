package dev.sonde.attempt.step;

import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.HoldSettings.Keepalive;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;

/// The socket options of a held connection: keepalive and the user timeout.
final class HoldOptions {

    private HoldOptions() {}

    /// Sets those that the settings ask for.
    ///
    /// @return whether the kernel took the user timeout, or none is wanted
    static boolean set(Connection connection, HoldSettings settings) throws IOException {
        Keepalive keepalive = settings.keepalive();
        if (keepalive != null) {
            setKeepalive(connection.socket(), keepalive);
        }
        Duration userTimeout = settings.userTimeout();
        return userTimeout == null
                || connection.kernel().setUserTimeout(connection.socket(), userTimeout);
    }

    private static void setKeepalive(SocketChannel socket, Keepalive keepalive) throws IOException {
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, (int) keepalive.idle().toSeconds());
        socket.setOption(
                ExtendedSocketOptions.TCP_KEEPINTERVAL, (int) keepalive.interval().toSeconds());
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, keepalive.count());
        socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
}
