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
    private static final int LONG_SECONDS = 60;

    /// The kernel repeats its SYN-ACK to a client without data only at the end of this time.
    private static final int SHORT_SECONDS = 1;

    private final List<SocketChannel> fillers = new ArrayList<>();
    private final ServerSocketChannel listener;
    private final SocketChannel client;

    private HalfEstablished(int deferSeconds) throws IOException {
        this.listener = ServerSocketChannel.open();
        Posix.deferAccept(listener, deferSeconds);
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        for (int i = 0; i < BACKLOG; i++) {
            connectFiller();
            sendFromLastFiller();
        }
        connectFiller();
        this.client = SocketChannel.open();
    }

    private void connectFiller() throws IOException {
        fillers.add(SocketChannel.open(listener.getLocalAddress()));
    }

    private void sendFromLastFiller() throws IOException {
        fillers.getLast().write(ByteBuffer.allocate(1));
    }

    /// With a client of its own.
    public static HalfEstablished open() throws IOException {
        HalfEstablished half = new HalfEstablished(LONG_SECONDS);
        half.client.connect(half.listener.getLocalAddress());
        half.fill();
        return half;
    }

    /// With room for one client, whose connection is half-established after [#fill]; the listener
    /// repeats its SYN-ACK to it.
    public static HalfEstablished withRoomForOne() throws IOException {
        return new HalfEstablished(SHORT_SECONDS);
    }

    /// Takes the last place in the queue.
    public void fill() throws IOException {
        sendFromLastFiller();
    }

    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
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
