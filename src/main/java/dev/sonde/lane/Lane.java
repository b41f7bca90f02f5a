package dev.sonde.lane;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.kernel.KernelSockets;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The belongings of one loop, used only on its thread: the loop, its calls of the kernel, and one
/// read buffer.
///
/// @param buffer to read into; its content is valid until the loop's next event
public record Lane(EventLoop loop, KernelSockets kernel, ByteBuffer buffer) {

    private static final Logger log = LoggerFactory.getLogger(Lane.class);

    private static final int BUFFER_BYTES = 65_536;

    public Lane(EventLoop loop, KernelSockets kernel) {
        this(loop, kernel, ByteBuffer.allocateDirect(BUFFER_BYTES));
    }

    public long now() {
        return loop.ticker().read();
    }

    /// Has the close of a connection send a RST instead of a FIN. On the loop's thread.
    public void resetOnClose(SocketChannel channel) {
        if (!kernel.resetOnClose(channel)) {
            ResetOnClose.set(channel);
        }
    }

    /// Closes a connection. On any thread once the loop has ended.
    public void end(SocketChannel channel, CloseMode mode) {
        if (loop.isInLoop()) {
            if (mode == CloseMode.RST) {
                resetOnClose(channel);
            }
            loop.close(channel);
            return;
        }
        if (mode == CloseMode.RST) {
            ResetOnClose.set(channel);
        }
        try {
            // The loop has ended before it ever knew of this channel.
            channel.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("close reported an error");
        }
    }
}
