package dev.sonde.web;

import dev.sonde.web.HttpConnection.State;
import java.net.InetAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// All HTTP connections, and which of them is closed when a limit is reached. Safe for any thread:
/// every method holds the lock for less than a microsecond, except [#sweep].
///
/// A connection that waits for its peer is in a list, longest wait first. It waits for bytes or for
/// its peer to read. The first of them is closed for a newcomer.
public final class Connections {

    private static final long CLOSING_NANOS = Duration.ofSeconds(1).toNanos();
    private static final long BODY_GRACE_NANOS = Duration.ofSeconds(2).toNanos();

    private final ConnectionLimits limits;
    private final TrustedProxies proxies;
    private final LongSupplier ticker;
    private final Duration headerTimeout;
    private final BodyMemory memory;

    private final LinkedHashSet<HttpConnection> waiting = new LinkedHashSet<>();
    private final Map<PeerNetwork, PeerConnections> peers = new HashMap<>();
    private int live;
    private int open;
    private long closedForLimit;
    private long closedForTimeout;

    Connections(
            ConnectionLimits limits,
            ConnectionProperties properties,
            long heapBytes,
            TrustedProxies proxies,
            LongSupplier ticker) {
        this.limits = limits;
        this.proxies = proxies;
        this.ticker = ticker;
        this.headerTimeout = properties.headerTimeout();
        this.memory = BodyMemory.of(properties, heapBytes);
    }

    /// Admits a newcomer; where a limit is reached, the connection that waits longest is closed.
    ///
    /// @return null where too many sockets are still closing
    @Nullable HttpConnection admit(SocketChannel channel, InetAddress address)
            throws InterruptedException {
        List<HttpConnection> ended = new ArrayList<>(2);
        HttpConnection newcomer;
        synchronized (this) {
            if (!awaitSocket()) {
                return null;
            }
            PeerConnections peer =
                    proxies.contains(address)
                            ? null
                            : peers.computeIfAbsent(PeerNetwork.of(address), PeerConnections::new);
            newcomer = new HttpConnection(this, channel, peer);
            if (peer != null && peer.live >= limits.perPeer()) {
                newcomer.isBeyond = !endFirst(peer.waiting, ended);
            }
            if (live >= limits.total()) {
                newcomer.isBeyond |= !endFirst(waiting, ended);
            }
            live++;
            open++;
            if (peer != null) {
                peer.live++;
            }
            enlist(newcomer, State.WAITING);
            setDeadline(newcomer, headerTimeout);
        }
        ended.forEach(HttpConnection::shutDown);
        return newcomer;
    }

    /// The connection's socket is closed.
    synchronized void remove(HttpConnection connection) {
        end(connection);
        releaseBody(connection);
        open--;
        notifyAll();
    }

    /// Bytes have come for a connection that has no request under way.
    synchronized void onBytes(HttpConnection connection) {
        if (connection.state == State.WAITING && !connection.hasDeadline) {
            setDeadline(connection, headerTimeout);
        }
    }

    synchronized void awaitBody(HttpConnection connection, Duration timeout) {
        if (connection.state != State.ENDED) {
            setDeadline(connection, timeout);
        }
    }

    synchronized Duration timeLeft(HttpConnection connection) {
        long leftNanos = connection.deadlineNanos - ticker.getAsLong();
        return connection.state == State.ENDED || !connection.hasDeadline
                ? Duration.ZERO
                : Duration.ofNanos(Math.max(0, leftNanos));
    }

    /// The whole request is here.
    synchronized void serve(HttpConnection connection) {
        if (connection.state != State.ENDED) {
            delist(connection);
            connection.state = State.SERVING;
            connection.hasDeadline = false;
        }
    }

    /// The request is answered; the next one is waited for.
    synchronized void rest(HttpConnection connection) {
        releaseBody(connection);
        if (connection.state != State.ENDED) {
            delist(connection);
            enlist(connection, State.WAITING);
            connection.hasDeadline = false;
        }
    }

    /// The peer does not read.
    synchronized void block(HttpConnection connection) {
        if (connection.state == State.SERVING) {
            enlist(connection, State.BLOCKED);
        }
    }

    /// The peer has read.
    synchronized void unblock(HttpConnection connection) {
        if (connection.state == State.BLOCKED) {
            serve(connection);
        }
    }

    synchronized boolean isBeyond(HttpConnection connection) {
        PeerConnections peer = connection.peer();
        connection.isBeyond &=
                live > limits.total() || (peer != null && peer.live > limits.perPeer());
        return connection.isBeyond;
    }

    /// Closes those whose header or body takes too long.
    void sweep() {
        List<HttpConnection> late = new ArrayList<>();
        synchronized (this) {
            long nowNanos = ticker.getAsLong() - BODY_GRACE_NANOS;
            waiting.stream()
                    .filter(one -> one.hasDeadline && one.deadlineNanos - nowNanos < 0)
                    .forEach(late::add);
            late.forEach(this::end);
            closedForTimeout += late.size();
        }
        late.forEach(HttpConnection::shutDown);
    }

    /// Closes the one that waits longest: no descriptor is left for a newcomer.
    void endLongest() {
        List<HttpConnection> ended = new ArrayList<>(1);
        synchronized (this) {
            endFirst(waiting, ended);
        }
        ended.forEach(HttpConnection::shutDown);
    }

    /// Claims memory for bytes of a body. Without free memory, the connection that waits longest
    /// with half a body is closed.
    boolean claimBody(HttpConnection connection, int bytes) throws InterruptedException {
        long untilNanos = ticker.getAsLong() + CLOSING_NANOS;
        while (true) {
            HttpConnection longest;
            synchronized (this) {
                if (memory.claim(bytes)) {
                    connection.bodyBytes += bytes;
                    return true;
                }
                longest = longestWithBody(connection);
                if (longest != null) {
                    end(longest);
                    closedForLimit++;
                }
            }
            if (longest != null) {
                longest.shutDown();
            }
            synchronized (this) {
                long leftNanos = untilNanos - ticker.getAsLong();
                if (leftNanos <= 0 || connection.state == State.ENDED) {
                    return false;
                }
                wait(1 + leftNanos / 20_000_000);
            }
        }
    }

    synchronized void releaseBody(HttpConnection connection) {
        if (connection.bodyBytes > 0) {
            memory.release(connection.bodyBytes);
            connection.bodyBytes = 0;
            notifyAll();
        }
    }

    /// Sockets that are not closed yet, also of connections that have ended.
    synchronized int sockets() {
        return open;
    }

    /// Connections that have not ended.
    public synchronized int open() {
        return live;
    }

    /// Connections that were closed for a newcomer.
    public synchronized long closedForLimit() {
        return closedForLimit;
    }

    /// Connections whose request did not come in time.
    public synchronized long closedForTimeout() {
        return closedForTimeout;
    }

    ConnectionLimits limits() {
        return limits;
    }

    private @Nullable HttpConnection longestWithBody(HttpConnection other) {
        return waiting.stream()
                .filter(one -> one != other && one.bodyBytes > 0)
                .findFirst()
                .orElse(null);
    }

    private boolean awaitSocket() throws InterruptedException {
        long untilNanos = ticker.getAsLong() + CLOSING_NANOS;
        while (open >= limits.ceiling()) {
            long leftNanos = untilNanos - ticker.getAsLong();
            if (leftNanos <= 0) {
                return false;
            }
            wait(1 + leftNanos / 1_000_000);
        }
        return true;
    }

    private boolean endFirst(SequencedSet<HttpConnection> list, List<HttpConnection> ended) {
        if (list.isEmpty()) {
            return false;
        }
        HttpConnection first = list.getFirst();
        end(first);
        closedForLimit++;
        ended.add(first);
        return true;
    }

    private void end(HttpConnection connection) {
        if (connection.state == State.ENDED) {
            return;
        }
        delist(connection);
        connection.state = State.ENDED;
        live--;
        PeerConnections peer = connection.peer();
        if (peer != null && --peer.live == 0) {
            peers.remove(peer.network);
        }
    }

    private void enlist(HttpConnection connection, State state) {
        connection.state = state;
        connection.sinceNanos = ticker.getAsLong();
        waiting.add(connection);
        PeerConnections peer = connection.peer();
        if (peer != null) {
            peer.waiting.add(connection);
        }
    }

    private void delist(HttpConnection connection) {
        waiting.remove(connection);
        PeerConnections peer = connection.peer();
        if (peer != null) {
            peer.waiting.remove(connection);
        }
    }

    private void setDeadline(HttpConnection connection, Duration timeout) {
        connection.hasDeadline = true;
        connection.deadlineNanos = ticker.getAsLong() + timeout.toNanos();
    }
}
