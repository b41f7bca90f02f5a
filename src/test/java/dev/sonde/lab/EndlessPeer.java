package dev.sonde.lab;

import dev.sonde.tls.certificate.KeyMaterial;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/// A peer that sends without end, until its socket is closed at the other end.
public final class EndlessPeer implements AutoCloseable {

    /// A ServerHello of TLS 1.2, after which anything may be said in clear.
    private static final byte[] SERVER_HELLO =
            HexFormat.of()
                    .parseHex("160303002a" + "02000026" + "0303" + "5a".repeat(32) + "00c02f00");

    private static final int BATCH = 64;

    /// What is sent without end.
    public enum Flood {
        WARNING_ALERTS("15 03 03 00 02 01 5a"),
        EMPTY_ALERTS("15 03 03 00 00"),
        HELLO_REQUESTS("16 03 03 00 04 00 00 00 00"),
        EMPTY_HANDSHAKE_RECORDS("16 03 03 00 00"),
        MESSAGE_OF_ONE_BYTE_RECORDS("16 03 03 00 01 0b"),
        CHANGE_CIPHER_SPECS("14 03 03 00 01 01"),
        EMPTY_DATA_IN_CLEAR("17 03 03 00 00"),
        ONE_BYTE_RECORDS("TLSv1.3"),
        OLD_ONE_BYTE_RECORDS("TLSv1.2"),
        KEY_UPDATES("TLSv1.3"),
        LARGE_RECORDS("TLSv1.3"),
        ONE_BYTE_SEGMENTS(""),
        LINES("");

        private final String bytes;

        Flood(String bytes) {
            this.bytes = bytes;
        }

        /// Whether it comes instead of a handshake.
        public boolean isInClear() {
            return bytes.length() > 7;
        }

        /// Whether it comes after a handshake.
        public boolean isInside() {
            return bytes.startsWith("TLS");
        }
    }

    private final Flood flood;
    private final SSLContext context;
    private final ServerSocketChannel listener;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    private EndlessPeer(Flood flood, SSLContext context, ServerSocketChannel listener) {
        this.flood = flood;
        this.context = context;
        this.listener = listener;
    }

    /// A server, for one connection.
    public static EndlessPeer server(Flood flood, KeyMaterial keys) throws Exception {
        EndlessPeer peer =
                new EndlessPeer(
                        flood,
                        TlsContexts.of(keys, keys.chain().getLast()),
                        ServerSocketChannel.open()
                                .bind(
                                        new InetSocketAddress(
                                                InetAddress.ofLiteral("127.0.0.1"), 0)));
        OwnThread.OF_EACH.execute(peer::serve);
        return peer;
    }

    /// A client, of one connection.
    public static EndlessPeer client(Flood flood, KeyMaterial keys, InetSocketAddress server)
            throws Exception {
        EndlessPeer peer =
                new EndlessPeer(
                        flood,
                        TlsContexts.of(null, keys.chain().getLast()),
                        ServerSocketChannel.open());
        OwnThread.OF_EACH.execute(() -> peer.call(server));
        return peer;
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.ofLiteral("127.0.0.1"), listener.socket().getLocalPort());
    }

    /// Waits until it sends, or until the other end has closed.
    public void awaitBegin() {
        try {
            if (!begun.await(20, TimeUnit.SECONDS)) {
                throw new AssertionError("no flood");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Whether it sends, or has ended already.
    public boolean hasBegun() {
        return begun.getCount() == 0;
    }

    /// Whether the other end has closed.
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    private void serve() {
        try (SocketChannel socket = listener.accept()) {
            if (flood.isInClear()) {
                socket.read(ByteBuffer.allocate(16_384));
                write(socket, SERVER_HELLO);
            }
            send(flood.isInside() ? TlsEnd.server(context, socket, flood.bytes) : null, socket);
        } catch (IOException _) {
            // The other end has closed.
        } finally {
            begun.countDown();
            ended.countDown();
        }
    }

    private void call(InetSocketAddress server) {
        try (SocketChannel socket = SocketChannel.open(server)) {
            send(flood.isInside() ? TlsEnd.client(context, socket, flood.bytes) : null, socket);
        } catch (IOException _) {
            // The other end has closed.
        } finally {
            begun.countDown();
            ended.countDown();
        }
    }

    private void send(TlsEnd end, SocketChannel socket) throws IOException {
        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
        while (true) {
            write(socket, batch(end));
            begun.countDown();
        }
    }

    private byte[] batch(TlsEnd end) throws IOException {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (int i = 0; i < (flood == Flood.ONE_BYTE_SEGMENTS ? 1 : BATCH); i++) {
            batch.writeBytes(one(end));
        }
        if (batch.size() == 0) {
            throw new IllegalStateException("the engine of " + flood + " gives nothing to send");
        }
        return batch.toByteArray();
    }

    private byte[] one(TlsEnd end) throws IOException {
        return switch (flood) {
            case ONE_BYTE_RECORDS, OLD_ONE_BYTE_RECORDS -> end.records(ByteBuffer.allocate(1));
            case LARGE_RECORDS -> end.records(ByteBuffer.allocate(16_384));
            case KEY_UPDATES -> end.handshakeMessage();
            case ONE_BYTE_SEGMENTS -> new byte[] {'x'};
            case LINES -> "\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
            default -> HexFormat.of().parseHex(flood.bytes.replace(" ", ""));
        };
    }

    private static void write(SocketChannel socket, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            socket.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
