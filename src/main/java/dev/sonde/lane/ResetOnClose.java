package dev.sonde.lane;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/// Has the close of a connection send a RST instead of a FIN.
public final class ResetOnClose {

    private ResetOnClose() {}

    /// Sets it; on a socket that is gone nothing is left to reset.
    public static void set(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException _) {
            // The peer was faster and the socket is gone already.
        }
    }
}
