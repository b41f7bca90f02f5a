package dev.sonde.attempt;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Handler;
import dev.sonde.kernel.KernelSockets;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A connection that stands, as the steps after the connect see it. Made only where there are any.
///
/// Confined to its loop's thread, but for [#wake].
final class Connection {

    private final Lane lane;
    private final SocketChannel socket;
    private final Handler handler;
    private final Timeline timeline;
    private final long timeoutAtNanos;
    private @Nullable SelectionKey key;
    private ByteChannel bytes;

    /// @param key where the socket is registered with the loop already
    /// @param timeoutAtNanos when the probe's timeout is over
    Connection(
            Lane lane,
            SocketChannel socket,
            @Nullable SelectionKey key,
            Handler handler,
            Timeline timeline,
            long timeoutAtNanos) {
        this.lane = lane;
        this.socket = socket;
        this.key = key;
        this.handler = handler;
        this.timeline = timeline;
        this.timeoutAtNanos = timeoutAtNanos;
        this.bytes = socket;
    }

    /// The socket itself, for its options and for the kernel; payload goes through [#bytes].
    SocketChannel socket() {
        return socket;
    }

    KernelSockets kernel() {
        return lane.kernel();
    }

    Timeline timeline() {
        return timeline;
    }

    long nowNanos() {
        return timeline.nowNanos();
    }

    /// When the probe's timeout is over: the bound of the steps that have no duration of their own.
    long timeoutAtNanos() {
        return timeoutAtNanos;
    }

    /// Where payload is read and written: the socket, or what a step has put in front of it.
    ByteChannel bytes() {
        return bytes;
    }

    /// From now on payload goes through `other`, such as a TLS session over the socket.
    void carryThrough(ByteChannel other) {
        bytes = other;
    }

    /// Reads what has come into memory that is good until the next read on this loop.
    ///
    /// @return empty where nothing has come; null at the end of the stream
    @Nullable ByteBuffer read() throws IOException {
        ByteBuffer scratch = lane.scratch().clear();
        int count = bytes.read(scratch);
        return count < 0 ? null : scratch.flip();
    }

    /// Has the step's `onReady` called soon, with nothing ready: for whoever worked for the step on
    /// another thread. Safe for any thread.
    void wake() {
        lane.loop()
                .execute(
                        new Command() {
                            @Override
                            public void run() {
                                wakeOnLoop();
                            }

                            @Override
                            public void onLoopClosed() {
                                // The attempt is told by the loop.
                            }
                        });
    }

    /// Sets what the loop is to tell of.
    void interest(int ops) throws IOException {
        SelectionKey registered = key;
        if (registered == null) {
            key = lane.loop().register(socket, ops, handler);
        } else if (registered.isValid() && registered.interestOps() != ops) {
            registered.interestOps(ops);
        }
    }

    private void wakeOnLoop() {
        try {
            handler.onReady(0);
        } catch (IOException | RuntimeException e) {
            handler.onFailure(e);
        }
    }
}
