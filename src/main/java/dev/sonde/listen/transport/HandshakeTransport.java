package dev.sonde.listen.transport;

import dev.sonde.lane.Lane;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;

/// The transport of a connection before the end of its TLS handshake: its bytes are no payload.
/// Confined to the connection's loop.
public final class HandshakeTransport implements Transport {

    /// The most bytes that are dropped before the socket is closed.
    private static final int DROPS = 16;

    private final AcceptedSocket socket;
    private final Lane lane;

    public HandshakeTransport(AcceptedSocket socket, Lane lane) {
        this.socket = socket;
        this.lane = lane;
    }

    @Override
    public int read(ByteBuffer into) {
        throw new IllegalStateException("no payload before the end of the handshake");
    }

    @Override
    public boolean mayHoldMore() {
        return false;
    }

    @Override
    public int drop(ByteBuffer into) throws IOException {
        int count = socket.read(into);
        into.clear();
        return count;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new IllegalStateException("no payload before the end of the handshake");
    }

    @Override
    public boolean hasUnsent() {
        return false;
    }

    @Override
    public void endOutput() throws IOException {
        socket.endOutput();
    }

    /// Drops unread bytes first, because they would turn the FIN into a RST.
    @Override
    public void close(CloseMode mode) {
        if (mode == CloseMode.FIN) {
            dropSome();
        }
        socket.close(mode);
    }

    private void dropSome() {
        try {
            int count = 1;
            for (int i = 0; i < DROPS && count > 0; i++) {
                count = drop(lane.buffer().clear());
            }
        } catch (IOException _) {
            // The peer was faster.
        }
    }
}
