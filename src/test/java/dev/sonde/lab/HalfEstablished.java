package dev.sonde.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/// A listener on loopback whose accept queue filled up between the handshake of one client and that
/// client's first data: the client is connected, the listener never takes it. Needs no root.
///
/// With TCP_DEFER_ACCEPT a connection enters the accept queue only with its first data. So the
/// client connects while there is room for one more, and then another one's data takes that place.
/// Few wait without data at any time, or the kernel would answer with SYN cookies, which do not
/// defer.
public final class HalfEstablished implements AutoCloseable {

    private static final int BACKLOG = 4;

    /// Longer than a test waits, so that the listener takes no client without data.
    private static final int DEFER_SECONDS = 60;

    private final List<SocketChannel> fillers = new ArrayList<>();
    private final ServerSocketChannel listener;
    private final SocketChannel client;

    private HalfEstablished(ServerSocketChannel listener) throws IOException {
        this.listener = listener;
        for (int i = 0; i < BACKLOG; i++) {
            connectFiller();
            sendFromLastFiller();
        }
        connectFiller();
        this.client = SocketChannel.open(listener.getLocalAddress());
        sendFromLastFiller();
    }

    private void connectFiller() throws IOException {
        fillers.add(SocketChannel.open(listener.getLocalAddress()));
    }

    private void sendFromLastFiller() throws IOException {
        fillers.getLast().write(ByteBuffer.allocate(1));
    }

    public static HalfEstablished open() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        Posix.deferAccept(listener, DEFER_SECONDS);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        return new HalfEstablished(listener);
    }

    public ServerSocketChannel listener() {
        return listener;
    }

    /// The client that is connected and will never be heard.
    public SocketChannel client() {
        return client;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel filler : fillers) {
            filler.close();
        }
        client.close();
        listener.close();
    }
}
