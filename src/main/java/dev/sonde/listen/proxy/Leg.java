package dev.sonde.listen.proxy;

import dev.sonde.eventloop.ChannelHandler;
import dev.sonde.listen.transport.AcceptedSocket;
import dev.sonde.listen.transport.Transport;
import dev.sonde.listen.transport.UnreadInput;
import dev.sonde.probe.spec.CloseMode;
import java.io.IOException;
import java.nio.ByteBuffer;

/// One side of a proxied connection: its socket, and its payload on the way from and to it.
/// Confined to the connection's loop.
final class Leg {

    private final boolean isClient;
    private final AcceptedSocket socket;
    private Transport transport;
    private boolean hasInputEnded;
    private boolean hasOutputEnded;
    private boolean isReset;

    Leg(boolean isClient, AcceptedSocket socket) {
        this.isClient = isClient;
        this.socket = socket;
        this.transport = socket;
    }

    boolean isClient() {
        return isClient;
    }

    AcceptedSocket socket() {
        return socket;
    }

    /// Lets payload pass through `through` from now on.
    void carryThrough(Transport through) {
        transport = through;
    }

    void register(ChannelHandler handler) throws IOException {
        socket.register(handler);
        socket.interest(0);
    }

    void interest(int ops) {
        socket.interest(ops);
    }

    /// Whether the source sends no more.
    boolean hasInputEnded() {
        return hasInputEnded;
    }

    /// A write failed, so the end of the input means a reset connection.
    void setReset() {
        isReset = true;
    }

    boolean isReset() {
        return isReset;
    }

    /// Takes what has come.
    ///
    /// @return 0 where nothing has come, -1 where the source sends no more
    int read(ByteBuffer into) throws LegException {
        try {
            int count = transport.read(into);
            hasInputEnded |= count < 0;
            return count;
        } catch (IOException e) {
            throw new LegException(this, e);
        }
    }

    /// Throws away what has come.
    ///
    /// @return whether the source sends no more
    boolean drop(ByteBuffer into) throws LegException {
        try {
            hasInputEnded |= transport.drop(into) < 0;
            return hasInputEnded;
        } catch (IOException e) {
            throw new LegException(this, e);
        }
    }

    int write(ByteBuffer from) throws LegException {
        try {
            return transport.write(from);
        } catch (IOException e) {
            throw new LegException(this, e);
        }
    }

    boolean mayHoldMore() {
        return transport.mayHoldMore();
    }

    boolean hasUnsent() {
        return transport.hasUnsent();
    }

    /// Ends the output; a second call does nothing.
    void endOutput() throws LegException {
        if (hasOutputEnded) {
            return;
        }
        hasOutputEnded = true;
        try {
            transport.endOutput();
        } catch (IOException e) {
            throw new LegException(this, e);
        }
    }

    UnreadInput glance() {
        return socket.glance();
    }

    void close(CloseMode mode) {
        transport.close(mode);
    }
}
