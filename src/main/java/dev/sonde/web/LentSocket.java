package dev.sonde.web;

import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// The socket of a connection that the server has lent to a [RequestReader]. The server neither
/// reads it nor looks at its timeouts until it is given back. It counts among the connections all
/// the time. Belongs to one thread at a time.
public final class LentSocket {

    private final WatchedSocket socket;

    LentSocket(WatchedSocket socket) {
        this.socket = socket;
    }

    /// The channel, which does not block.
    public SocketChannel channel() {
        return socket.getSocket().getIOChannel();
    }

    public HttpConnection connection() {
        return socket.connection();
    }

    /// How long the server lets a connection rest.
    public long restMillis() {
        return socket.restMillis();
    }

    /// The server continues with the connection, and reads these bytes first.
    ///
    /// @param read at most [#mostBytes]
    public void giveBack(ByteBuffer read) {
        socket.goOn(read);
    }

    /// The most bytes that can be given back.
    public int mostBytes() {
        return socket.getSocketBufferHandler().getReadBuffer().capacity();
    }

    /// Closes the connection.
    public void close() {
        socket.close();
    }
}
