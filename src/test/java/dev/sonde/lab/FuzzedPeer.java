package dev.sonde.lab;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import javax.net.ssl.SSLContext;

/// A peer that does one wrong thing after the other on a connection, as a seed says. Not
/// thread-safe.
public final class FuzzedPeer {

    private static final int MOST_ACTIONS = 12;
    private static final byte[] SERVER_HELLO =
            HexFormat.of()
                    .parseHex("160303002a" + "02000026" + "0303" + "5a".repeat(32) + "00c02f00");

    private static final byte[] WARNING = HexFormat.of().parseHex("1503030002015a");

    /// One case of so many that talk without TLS.
    private static final int FLOODS = 8;
    private static final int FLOOD_BYTES = 8_000_000;

    private final SocketChannel socket;
    private final Random random;

    private FuzzedPeer(SocketChannel socket, Random random) {
        this.socket = socket;
        this.random = random;
    }

    /// The random numbers of one case.
    public static Random random(long seed, int number) {
        return new Random(seed * 1_000_003 + number);
    }

    /// Talks until it has done all, or until the other end has closed.
    public static void serve(SocketChannel socket, Random random, SSLContext context)
            throws IOException {
        FuzzedPeer peer = new FuzzedPeer(socket, random);
        switch (random.nextInt(4)) {
            case 0 -> peer.act();
            case 1 -> {
                peer.send(SERVER_HELLO);
                peer.act();
            }
            default -> peer.act(TlsEnd.server(context, socket, peer.version()));
        }
    }

    /// The same as a client.
    public static void call(SocketChannel socket, Random random, SSLContext context)
            throws IOException {
        FuzzedPeer peer = new FuzzedPeer(socket, random);
        if (random.nextBoolean()) {
            peer.act();
        } else {
            peer.act(TlsEnd.client(context, socket, peer.version()));
        }
    }

    private String version() {
        return random.nextBoolean() ? "TLSv1.3" : "TLSv1.2";
    }

    private void act() throws IOException {
        for (int i = random.nextInt(MOST_ACTIONS); i >= 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> send(bytes(random.nextInt(20_000)));
                case 1 -> send(bytes(1 + random.nextInt(8)));
                case 2 -> send(record(bytes(random.nextInt(300))));
                case 3 ->
                        send(
                                "\n"
                                        .repeat(random.nextInt(9_000))
                                        .getBytes(StandardCharsets.US_ASCII));
                case 4 -> send(TlsEnd.NO_TLS);
                default -> send(record(new byte[random.nextInt(3)]));
            }
        }
        if (random.nextInt(FLOODS) == 0) {
            flood();
        }
        end();
    }

    /// Something small, again and again: a warning, a message without effect, an empty line.
    private void flood() throws IOException {
        byte[] piece =
                switch (random.nextInt(5)) {
                    case 0 -> WARNING;
                    case 1 -> HexFormat.of().parseHex("140303000101");
                    case 2 -> record(new byte[random.nextInt(3)]);
                    case 3 -> TlsEnd.NO_TLS;
                    default -> new byte[] {'\n'};
                };
        ByteBuffer pieces = ByteBuffer.allocate(FLOOD_BYTES);
        while (pieces.remaining() >= piece.length) {
            pieces.put(piece);
        }
        send(pieces.array());
    }

    private void act(TlsEnd end) throws IOException {
        for (int i = random.nextInt(MOST_ACTIONS); i >= 0; i--) {
            switch (random.nextInt(5)) {
                case 0 -> send(end.records(ByteBuffer.wrap(bytes(random.nextInt(20_000)))));
                case 1 -> send(end.records(ByteBuffer.allocate(random.nextInt(2))));
                case 2 -> send(end.handshakeMessage());
                case 3 -> Thread.onSpinWait();
                default -> send(broken(end.records(ByteBuffer.wrap(bytes(100)))));
            }
        }
        if (random.nextInt(3) == 0) {
            send(end.alert());
        }
        end();
    }

    /// FIN, RST, or silence until the other end has had enough.
    private void end() throws IOException {
        switch (random.nextInt(3)) {
            case 0 -> socket.close();
            case 1 -> {
                socket.setOption(StandardSocketOptions.SO_LINGER, 0);
                socket.close();
            }
            default -> {
                ByteBuffer room = ByteBuffer.allocate(65_536);
                while (socket.read(room.clear()) >= 0) {
                    // until the other end closes
                }
            }
        }
    }

    /// Any type, any version, mostly the right length.
    private byte[] record(byte[] body) {
        int length = random.nextInt(8) == 0 ? random.nextInt(70_000) & 0xffff : body.length;
        return ByteBuffer.allocate(5 + body.length)
                .put((byte) (20 + random.nextInt(5)))
                .putShort((short) (0x0300 + random.nextInt(5)))
                .putShort((short) length)
                .put(body)
                .array();
    }

    private byte[] broken(byte[] records) {
        records[random.nextInt(records.length)] ^= (byte) (1 << random.nextInt(8));
        return records;
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    private void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            socket.write(left);
        }
    }
}
