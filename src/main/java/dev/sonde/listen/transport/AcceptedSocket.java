package dev.sonde.listen.transport;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.eventloop.TurnChannel;
import dev.sonde.lane.Lane;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// An accepted socket: its place in the selector, what the kernel knows of it, and payload in
/// clear. Confined to the connection's loop.
public final class AcceptedSocket implements Transport {

    private final Lane lane;
    private final SocketChannel channel;
    private final TurnChannel bytes;
    private @Nullable SelectionKey key;

    public AcceptedSocket(Lane lane, SocketChannel channel) {
        this.lane = lane;
        this.channel = channel;
        this.bytes = new TurnChannel(channel, lane.loop().budget());
    }

    /// Registers `handler` for input.
    public void register(ChannelHandler handler) throws IOException {
        channel.configureBlocking(false);
        key = lane.loop().register(channel, SelectionKey.OP_READ, handler);
    }

    /// Has a socket send without delay whose listening socket could not (Nagle's algorithm).
    public static void sendAtOnce(SocketChannel channel) {
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        } catch (IOException _) {
            // The peer was faster: the connection ends as soon as it is served.
        }
    }

    /// Sets the readiness that the loop reports; does nothing for a socket that was never
    /// registered.
    public void interest(int ops) {
        if (key != null && key.interestOps() != ops) {
            key.interestOps(ops);
        }
    }

    /// Its bytes within the turns of the loop, for what is put in front of it.
    public ByteChannel bytes() {
        return bytes;
    }

    /// The kernel's view of bytes that are not to be read.
    public UnreadInput glance() {
        return UnreadInput.at(lane, channel);
    }

    @Override
    public int read(ByteBuffer into) throws IOException {
        return bytes.read(into);
    }

    @Override
    public boolean mayHoldMore() {
        return false;
    }

    @Override
    public int drop(ByteBuffer into) throws IOException {
        return bytes.read(into);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return bytes.write(from);
    }

    @Override
    public boolean hasUnsent() {
        return false;
    }

    /// Ends the sending direction with a FIN.
    @Override
    public void endOutput() throws IOException {
        channel.shutdownOutput();
    }

    @Override
    public void close(CloseMode mode) {
        lane.end(channel, mode);
    }
}
