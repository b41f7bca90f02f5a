package dev.sonde.listen.engine;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.kernel.KernelSockets;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The belongings of one loop, used only on its thread: the loop, its calls of the kernel, and the
/// one read buffer of all its connections.
public record Lane(EventLoop loop, KernelSockets kernel, ByteBuffer buffer) {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    static final int BUFFER_BYTES = 65_536;

    public Lane(EventLoop loop, KernelSockets kernel) {
        this(loop, kernel, ByteBuffer.allocateDirect(BUFFER_BYTES));
    }

    public long now() {
        return loop.ticker().read();
    }

    /// Closes a connection. On any thread once the loop has ended.
    public void end(SocketChannel channel, CloseMode mode) {
        if (mode == CloseMode.RST) {
            setLingerZero(channel);
        }
        if (loop.isInLoop()) {
            loop.close(channel);
            return;
        }
        try {
            // The loop has ended before it ever knew of this channel.
            channel.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("close reported an error");
        }
    }

    private static void setLingerZero(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException _) {
            // The peer was faster and the socket is gone already: there is nothing left to reset.
        }
    }
}
