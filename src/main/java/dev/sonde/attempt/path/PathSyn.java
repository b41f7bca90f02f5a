package dev.sonde.attempt.path;

import dev.sonde.attempt.connect.ConnectErrors;
import dev.sonde.kernel.Errno;
import dev.sonde.kernel.QueuedError;
import dev.sonde.kernel.QueuedError.Version;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpState;
import dev.sonde.lane.Lane;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One SYN of a question, from the policy's word to its answer. Single use, confined to its loop's
/// thread.
///
/// The socket is closed before the kernel would repeat the SYN, so it costs one packet.
final class PathSyn extends FurtherSocket {

    /// The kernel repeats a SYN after a second (RFC 6298).
    private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(950);

    private static final int TIME_EXCEEDED_V4 = 11;
    private static final int TIME_EXCEEDED_V6 = 3;

    private final @Nullable Integer ttl;
    private final Consumer<PathAnswer> whenAnswered;
    private long sentNanos;
    private @Nullable Integer localPort;

    /// @param ttl of the SYN; absent for the host's own
    PathSyn(
            @Nullable Integer ttl,
            Lane lane,
            Way way,
            long lastNanos,
            Consumer<PathAnswer> whenAnswered) {
        super(lane, way, lastNanos);
        this.ttl = ttl;
        this.whenAnswered = whenAnswered;
        this.sentNanos = nowNanos();
    }

    boolean isOf(int limit) {
        return ttl != null && ttl == limit;
    }

    /// The port that it was sent from; absent before that, and for one without a bound port.
    @Nullable Integer localPort() {
        return localPort;
    }

    @Override
    @Nullable String prepare(SocketChannel opened) throws IOException {
        if (order.sourcePort() != null
                && opened.getLocalAddress() instanceof InetSocketAddress bound) {
            localPort = bound.getPort();
        }
        return ttl == null || lane.kernel().setHopLimit(opened, order.remote().getAddress(), ttl)
                ? null
                : "this host cannot set a TTL or report its answer";
    }

    @Override
    void called(SocketChannel opened, boolean isConnected) {
        sentNanos = nowNanos();
        scheduleAt(Math.min(sentNanos + MOST_NANOS, Math.max(lastNanos, sentNanos)));
        if (isConnected) {
            answer(new PathAnswer.OfTarget(false, micros(opened)));
        }
    }

    @Override
    public void onReady(int readyOps) {
        SocketChannel asked = channel();
        if (isDone() || asked == null) {
            return;
        }
        PathAnswer found = ask(asked);
        if (found != null) {
            answer(found);
        }
    }

    private @Nullable PathAnswer ask(SocketChannel asked) {
        TcpInfo info = lane.kernel().connectInfo(asked);
        TcpState state = info == null ? TcpState.SYN_SENT : info.state();
        if (state != TcpState.SYN_SENT && state != TcpState.CLOSE) {
            return new PathAnswer.OfTarget(false, micros(asked));
        }
        QueuedError queued = lane.kernel().pollError(asked);
        if (queued instanceof QueuedError.Icmp icmp) {
            return isExpired(icmp)
                    ? new PathAnswer.Expired(icmp, elapsedMicros())
                    : new PathAnswer.Rejected(icmp, elapsedMicros());
        }
        Errno errno = queued == null ? lane.kernel().takeError(asked) : queued.errno();
        if (errno == null || errno == Errno.NO_ERROR) {
            return null;
        }
        return ofError(errno);
    }

    private PathAnswer ofError(Errno errno) {
        return errno == Errno.ECONNREFUSED || errno.isReset()
                ? new PathAnswer.OfTarget(true, elapsedMicros())
                : new PathAnswer.NotSent(detail(ConnectErrors.ofStart(errno, order.remote())));
    }

    private static boolean isExpired(QueuedError.Icmp icmp) {
        int type = icmp.version() == Version.V4 ? TIME_EXCEEDED_V4 : TIME_EXCEEDED_V6;
        return icmp.type() == type && icmp.code() == 0;
    }

    /// The kernel's own round trip where it has one.
    private long micros(SocketChannel asked) {
        TcpInfo info = lane.kernel().connectInfo(asked);
        Long rtt = info == null ? null : info.rttMicros();
        return rtt == null || rtt == 0 ? elapsedMicros() : rtt;
    }

    private long elapsedMicros() {
        return Math.max(0, (nowNanos() - sentNanos) / 1_000);
    }

    @Override
    void due(SocketChannel opened) {
        onReady(0);
        answer(PathAnswer.SILENT);
    }

    @Override
    public void onFailure(Exception cause) {
        answer(ofError(order.errors().errnoOf(cause, 0)));
    }

    @Override
    void notSent(String why) {
        answer(new PathAnswer.NotSent(why));
    }

    private void answer(PathAnswer found) {
        if (!isDone()) {
            end();
            whenAnswered.accept(found);
        }
    }
}
