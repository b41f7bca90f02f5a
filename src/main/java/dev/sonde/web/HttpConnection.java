package dev.sonde.web;

import jakarta.servlet.ServletRequest;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.apache.tomcat.util.http.MimeHeaders;
import org.jspecify.annotations.Nullable;

/// One HTTP connection. Its fields without `final` belong to [Connections], under its lock.
///
/// ```
///           the whole request is here          the answer is given
///  WAITING ---------------------------> SERVING --------------------> WAITING
///                                          |  ^
///              the peer does not read      v  |   it reads
///                                         BLOCKED
///
///  WAITING, BLOCKED -- the limit is reached, or the time has passed --> ENDED
/// ```
public final class HttpConnection {

    /// The attribute of a servlet request that holds its connection.
    static final String ATTRIBUTE = HttpConnection.class.getName();

    enum State {
        WAITING,
        SERVING,
        BLOCKED,
        ENDED
    }

    private final SocketChannel channel;
    private final @Nullable PeerConnections peer;

    State state = State.WAITING;

    /// Since when it is in this state, on the ticker.
    long sinceNanos;

    /// When the header or the body has to be whole, on the ticker; meaningful with [#hasDeadline].
    long deadlineNanos;

    boolean hasDeadline;

    /// Whether it was admitted while a limit was reached and nothing could be closed.
    boolean isBeyond;

    /// Bytes of its request's body that are in memory.
    long bodyBytes;

    /// Set once, before any request is read.
    private @Nullable WatchedSocket socket;

    /// Of the answer to the request that is being served: belongs to that request's thread.
    private @Nullable MimeHeaders headersOfAnswer;

    /// Of the requests after this one: belongs to the serving thread.
    private @Nullable RequestReader reader;

    private final Connections connections;

    HttpConnection(Connections connections, SocketChannel channel, @Nullable PeerConnections peer) {
        this.connections = connections;
        this.channel = channel;
        this.peer = peer;
    }

    /// The connection that a request came over; absent on a port that is not bounded.
    public static Optional<HttpConnection> of(ServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof HttpConnection connection
                ? Optional.of(connection)
                : Optional.empty();
    }

    /// Null for a trusted proxy.
    @Nullable PeerConnections peer() {
        return peer;
    }

    void attach(WatchedSocket wrapper) {
        this.socket = wrapper;
    }

    /// How the answer to the current request leaves; absent before the first request.
    Optional<GatheredAnswer> gathered() {
        return Optional.ofNullable(socket).map(WatchedSocket::gathered);
    }

    void answerWith(@Nullable MimeHeaders headers) {
        this.headersOfAnswer = headers;
    }

    /// The headers of the answer; absent outside of a request.
    @Nullable MimeHeaders headersOfAnswer() {
        return headersOfAnswer;
    }

    /// Lends the socket to a reader after the current request, if nothing of a next one was read.
    /// Called on the request's thread.
    ///
    /// @param next absent where the server reads on
    public void lendTo(@Nullable RequestReader next) {
        this.reader = next;
    }

    @Nullable RequestReader takeReader() {
        RequestReader taken = reader;
        reader = null;
        return taken;
    }

    Connections connections() {
        return connections;
    }

    /// The request that is being served came over a connection beyond the limits.
    public boolean isBeyondLimit() {
        return connections.isBeyond(this);
    }

    /// The body is expected from now on.
    public void awaitBody(Duration timeout) {
        connections.awaitBody(this, timeout);
    }

    /// The whole body has arrived.
    public void serve() {
        connections.serve(this);
    }

    /// The request is answered; the next one is waited for.
    public void rest() {
        connections.rest(this);
    }

    /// The peer does not read the answer.
    public void block() {
        connections.block(this);
    }

    /// The peer has read the answer.
    public void unblock() {
        connections.unblock(this);
    }

    /// The next read waits no longer than until the body has to be whole.
    public void limitRead() {
        WatchedSocket known = socket;
        if (known != null) {
            known.setReadTimeout(Math.max(1, connections.timeLeft(this).toMillis()));
        }
    }

    /// Claims memory for more bytes of the body.
    ///
    /// @return false where the memory for bodies is full
    public boolean claimBody(int bytes) throws InterruptedException {
        return connections.claimBody(this, bytes);
    }

    /// Gives back what was claimed.
    public void releaseBody() {
        connections.releaseBody(this);
    }

    /// Wakes the thread that waits for the socket with an end of stream. The serving thread closes
    /// the socket by RST.
    void shutDown() {
        try {
            channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            channel.shutdownInput();
            channel.shutdownOutput();
        } catch (IOException _) {
            // The peer was quicker, and the socket is closed already.
        }
    }
}
