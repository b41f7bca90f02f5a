package dev.sonde.kernel;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// A listener on loopback, a client that connected to it, and the connection it accepted.
record LoopbackPair(ServerSocketChannel listener, SocketChannel client, SocketChannel accepted)
        implements AutoCloseable {

    /// Small buffers, so that a peer that does not read is soon noticed.
    private static final int BUFFER_BYTES = 8_192;

    static LoopbackPair open() throws IOException {
        ServerSocketChannel listener = listen(1);
        SocketChannel client = SocketChannel.open();
        client.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
        client.connect(listener.getLocalAddress());
        return new LoopbackPair(listener, client, listener.accept());
    }

    static ServerSocketChannel listen(int backlog) throws IOException {
        return ServerSocketChannel.open()
                .setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), backlog);
    }

    /// A client whose connect was started and not waited for.
    static SocketChannel startConnect(SocketAddress remote) throws IOException {
        SocketChannel client = SocketChannel.open();
        client.configureBlocking(false);
        client.connect(remote);
        return client;
    }

    /// An address where nobody listens any more.
    static SocketAddress abandonedAddress() throws IOException {
        try (ServerSocketChannel listener = listen(1)) {
            return listener.getLocalAddress();
        }
    }

    @Override
    public void close() throws IOException {
        accepted.close();
        client.close();
        listener.close();
    }
}
