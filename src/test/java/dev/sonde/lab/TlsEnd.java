package dev.sonde.lab;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/// One end of a TLS connection over a socket that blocks, for peers that shake hands as they should
/// and then do what no library does. Not thread-safe.
public final class TlsEnd {

    /// A record that nobody has encrypted.
    public static final byte[] NO_TLS =
            HexFormat.of().parseHex("17030300205a".concat("5a".repeat(31)));

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel socket;
    private final SSLEngine engine;
    private final ByteBuffer in = ByteBuffer.allocate(40_000).flip();
    private final ByteBuffer plain = ByteBuffer.allocate(40_000);

    private TlsEnd(SocketChannel socket, SSLEngine engine) {
        this.socket = socket;
        this.engine = engine;
    }

    /// The server's end, after its handshake.
    ///
    /// @param version such as `TLSv1.3`
    public static TlsEnd server(SSLContext context, SocketChannel socket, String version)
            throws IOException {
        return shaken(context, socket, version, false);
    }

    /// The client's end, after its handshake.
    ///
    /// @param version such as `TLSv1.3`
    public static TlsEnd client(SSLContext context, SocketChannel socket, String version)
            throws IOException {
        return shaken(context, socket, version, true);
    }

    /// The records of a server that asks for a client's certificate, as far as it says anything
    /// before the client's answer.
    ///
    /// @param version such as `TLSv1.3`
    public static byte[] firstFlight(SSLContext context, SocketChannel socket, String version)
            throws IOException {
        TlsEnd end = new TlsEnd(socket, engine(context, version, false));
        end.engine.setNeedClientAuth(true);
        end.engine.beginHandshake();
        ByteArrayOutputStream flight = new ByteArrayOutputStream();
        while (true) {
            switch (end.engine.getHandshakeStatus()) {
                case NEED_TASK -> end.engine.getDelegatedTask().run();
                case NEED_WRAP -> flight.writeBytes(end.records(NOTHING.duplicate()));
                default -> {
                    if (flight.size() > 0) {
                        return flight.toByteArray();
                    }
                    end.take();
                }
            }
        }
    }

    private static SSLEngine engine(SSLContext context, String version, boolean isClient) {
        SSLEngine engine = context.createSSLEngine("localhost", 1);
        engine.setUseClientMode(isClient);
        engine.setEnabledProtocols(new String[] {version});
        return engine;
    }

    private static TlsEnd shaken(
            SSLContext context, SocketChannel socket, String version, boolean isClient)
            throws IOException {
        TlsEnd end = new TlsEnd(socket, engine(context, version, isClient));
        end.engine.beginHandshake();
        end.shake();
        return end;
    }

    public SocketChannel socket() {
        return socket;
    }

    /// The records that carry some bytes, or those that the handshake wants to send.
    public byte[] records(ByteBuffer payload) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(40_000);
        do {
            goOn(engine.wrap(payload, out));
        } while (payload.hasRemaining());
        return taken(out);
    }

    /// A handshake message after the handshake: KeyUpdate in TLS 1.3, HelloRequest before it.
    public byte[] handshakeMessage() throws IOException {
        engine.beginHandshake();
        return records(NOTHING.duplicate());
    }

    /// A fatal alert, as it answers bytes that are no TLS.
    public byte[] alert() throws IOException {
        try {
            engine.unwrap(ByteBuffer.wrap(NO_TLS), plain.clear());
        } catch (SSLException _) {
            return records(NOTHING.duplicate());
        }
        throw new IllegalStateException("bytes that are no TLS were taken for it");
    }

    private static byte[] taken(ByteBuffer out) {
        byte[] bytes = new byte[out.flip().remaining()];
        out.get(bytes);
        return bytes;
    }

    private void shake() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> send(records(NOTHING.duplicate()));
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> take();
                case FINISHED, NOT_HANDSHAKING -> {
                    return;
                }
            }
        }
    }

    private void take() throws IOException {
        if (goOn(engine.unwrap(in, plain.clear())) == Status.BUFFER_UNDERFLOW) {
            in.compact();
            int count = socket.read(in);
            in.flip();
            if (count < 0) {
                throw new EOFException("the other end left in the handshake");
            }
        }
    }

    /// A closed engine neither takes nor gives anything: a further call would be repeated for ever.
    private static Status goOn(SSLEngineResult result) throws EOFException {
        if (result.getStatus() == Status.CLOSED && result.bytesProduced() == 0) {
            throw new EOFException("this end is closed");
        }
        return result.getStatus();
    }

    public void send(byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            socket.write(left);
        }
    }
}
