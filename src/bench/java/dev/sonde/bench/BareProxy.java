package dev.sonde.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/// A proxy on one selector with nothing but the bytes: no records, no limits, no faults. Its own
/// thread runs it.
final class BareProxy {

    private static final int BUFFER_BYTES = 65_536;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final InetSocketAddress upstream;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /// One of the two sockets of a pair, with the bytes that wait to be written to it.
    private static final class Side {
        final SocketChannel channel;
        final SelectionKey key;
        @Nullable Side other;
        @Nullable ByteBuffer waiting;
        boolean isEnded;

        Side(SocketChannel channel, SelectionKey key) {
            this.channel = channel;
            this.key = key;
        }
    }

    BareProxy(int upstreamPort) throws IOException {
        upstream = new InetSocketAddress(InetAddress.getLoopbackAddress(), upstreamPort);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4_096);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
        Thread.ofPlatform().daemon().name("bare-proxy").start(this::run);
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    private void run() {
        try {
            while (true) {
                selector.select(this::ready);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept();
                return;
            }
            Side side = (Side) key.attachment();
            if (key.isConnectable() && side.channel.finishConnect()) {
                key.interestOps(SelectionKey.OP_READ);
                other(side).key.interestOps(SelectionKey.OP_READ);
            }
            if (key.isValid() && key.isWritable()) {
                flush(side);
            }
            if (key.isValid() && key.isReadable()) {
                read(side);
            }
        } catch (IOException _) {
            close((Side) key.attachment());
        }
    }

    private void accept() throws IOException {
        for (SocketChannel client = listener.accept(); client != null; client = listener.accept()) {
            SocketChannel away = SocketChannel.open();
            away.configureBlocking(false);
            client.configureBlocking(false);
            client.setOption(StandardSocketOptions.TCP_NODELAY, true);
            away.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean isConnected = away.connect(upstream);
            Side near = side(client, isConnected ? SelectionKey.OP_READ : 0);
            Side far = side(away, isConnected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
            near.other = far;
            far.other = near;
        }
    }

    private Side side(SocketChannel channel, int interest) throws IOException {
        SelectionKey key = channel.register(selector, interest);
        Side side = new Side(channel, key);
        key.attach(side);
        return side;
    }

    private static Side other(Side side) {
        if (side.other == null) {
            throw new IllegalStateException("a pair has two sides");
        }
        return side.other;
    }

    private void read(Side from) throws IOException {
        Side to = other(from);
        int count = from.channel.read(buffer.clear());
        if (count < 0) {
            from.isEnded = true;
            from.key.interestOps(from.key.interestOps() & ~SelectionKey.OP_READ);
            to.channel.shutdownOutput();
            if (to.isEnded) {
                close(from);
            }
            return;
        }
        to.channel.write(buffer.flip());
        if (buffer.hasRemaining()) {
            to.waiting = ByteBuffer.allocate(buffer.remaining()).put(buffer).flip();
            to.key.interestOps(to.key.interestOps() | SelectionKey.OP_WRITE);
            from.key.interestOps(from.key.interestOps() & ~SelectionKey.OP_READ);
        }
    }

    private static void flush(Side to) throws IOException {
        if (to.waiting != null) {
            to.channel.write(to.waiting);
            if (to.waiting.hasRemaining()) {
                return;
            }
            to.waiting = null;
        }
        Side from = other(to);
        to.key.interestOps(to.key.interestOps() & ~SelectionKey.OP_WRITE);
        from.key.interestOps(from.key.interestOps() | SelectionKey.OP_READ);
    }

    private static void close(Side side) {
        for (Side each : new Side[] {side, other(side)}) {
            try {
                each.channel.close();
            } catch (IOException _) {
                // It is gone either way.
            }
        }
    }
}
