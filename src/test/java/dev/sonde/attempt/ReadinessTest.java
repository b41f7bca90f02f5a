package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The readiness table of `docs/guide/after-the-handshake.md`: what a selector says of both ends of
/// a connection.
class ReadinessTest {

    private static final int BOTH = SelectionKey.OP_READ | SelectionKey.OP_WRITE;
    private static final int PATIENCE_MILLIS = 10_000;

    private Peer peer;
    private SocketChannel client;
    private SocketChannel server;

    @BeforeEach
    void connect() throws IOException {
        peer = Peer.listening();
        client = SocketChannel.open(peer.address());
        server = peer.listener().accept();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        peer.close();
    }

    @Test
    void bothEndsAreWritableAtOnceAndNotReadable() throws IOException {
        assertThat(readiness(client)).isEqualTo(SelectionKey.OP_WRITE);
        assertThat(readiness(server)).isEqualTo(SelectionKey.OP_WRITE);
    }

    @Test
    void serverIsReadableWhenDataHasCome() throws IOException {
        client.write(ByteBuffer.allocate(1));
        assertThat(readableAfterWait(server)).isTrue();
        assertThat(readiness(client)).isEqualTo(SelectionKey.OP_WRITE);
    }

    @Test
    void clientIsReadableWhenThePeerClosed() throws IOException {
        server.close();
        assertThat(readableAfterWait(client)).isTrue();
        assertThat(client.read(ByteBuffer.allocate(1))).isEqualTo(-1);
    }

    @Test
    void clientIsReadableWhenThePeerAborted() throws IOException {
        Peer.abort(server);
        assertThat(readableAfterWait(client)).isTrue();
    }

    /// The kernel alone made this connection: nobody has accepted it.
    @Test
    void clientIsWritableWhenNobodyAccepts() throws IOException {
        try (SocketChannel unaccepted = SocketChannel.open(peer.address())) {
            assertThat(readiness(unaccepted)).isEqualTo(SelectionKey.OP_WRITE);
        }
    }

    @Test
    void listenerIsReadyWhenAConnectionWaitsAndNotWhenNoneDoes() throws IOException {
        ServerSocketChannel listener = peer.listener();
        assertThat(readiness(listener)).isZero();
        try (SocketChannel _ = SocketChannel.open(peer.address())) {
            assertThat(readiness(listener)).isEqualTo(SelectionKey.OP_ACCEPT);
        }
    }

    private static int readiness(ServerSocketChannel listener) throws IOException {
        listener.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            SelectionKey key = listener.register(selector, SelectionKey.OP_ACCEPT);
            return selector.selectNow() == 0 ? 0 : key.readyOps();
        }
    }

    private static int readiness(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, BOTH);
            return selector.selectNow() == 0 ? 0 : key.readyOps();
        }
    }

    private static boolean readableAfterWait(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_READ);
            return selector.select(PATIENCE_MILLIS) == 1;
        }
    }
}
