package dev.sonde.attempt.path;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.KernelSockets;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.kernel.TcpState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The single segments of one connection: the way out and the answer, by the kernel's word.
/// Confined to its loop's thread.
final class SegmentExchange {

    /// A segment's least time for an answer.
    static final long LEAST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final KernelSockets kernel;
    private final PathOrder order;

    SegmentExchange(KernelSockets kernel, PathOrder order) {
        this.kernel = kernel;
        this.order = order;
    }

    /// The time that one segment has for its answer, after the handshake.
    long shareNanos(SocketChannel opened) {
        TcpInfo info = kernel.connectInfo(opened);
        Long rtt = info == null ? null : info.rttMicros();
        return Math.max(LEAST_NANOS, rtt == null ? 0 : 3 * rtt * 1_000);
    }

    /// Sends a segment of one byte.
    ///
    /// @return false where this host cannot set a TTL
    boolean send(SocketChannel opened, int ttl, ByteBuffer one) throws IOException {
        var _ = takeErrors(opened); // of the segments before
        if (!kernel.setHopLimit(opened, order.remote().getAddress(), ttl)) {
            return false;
        }
        write(opened, one);
        return true;
    }

    /// A late report of an earlier segment would fail the write, which is tried once more.
    private void write(SocketChannel opened, ByteBuffer one) throws IOException {
        try {
            opened.write(one);
        } catch (IOException e) {
            Errno errno = order.errors().errnoOf(e, 0);
            if (errno.isReset() || errno == Errno.EPIPE) {
                throw e;
            }
            opened.write(one);
        }
    }

    /// Takes the pending error and the one that the kernel noted beside it (`sk_err_soft`).
    private Errno takeErrors(SocketChannel opened) {
        Errno first = kernel.takeError(opened);
        Errno second = kernel.takeError(opened);
        if (first != null && first != Errno.NO_ERROR) {
            return first;
        }
        return second == null ? Errno.NO_ERROR : second;
    }

    /// The answer to the last segment; null where none has come yet.
    @Nullable DataAnswer answer(SocketChannel opened) {
        Errno errno = takeErrors(opened);
        TcpInfo info = kernel.tcpInfo(opened);
        if (errno.isReset() || errno == Errno.EPIPE) {
            return DataAnswer.RESET;
        }
        if (info != null && info.state() == TcpState.CLOSE) {
            return DataAnswer.RESET;
        }
        if (info != null && (info.sacked() > 0 || isAcknowledged(info))) {
            return DataAnswer.ARRIVED;
        }
        return errno == Errno.NO_ERROR ? null : DataAnswer.EXPIRED;
    }

    /// The kernel counts the SYN as one acknowledged byte.
    private static boolean isAcknowledged(TcpInfo info) {
        Long acknowledged = info.bytesAcked();
        return acknowledged != null && acknowledged > 1;
    }
}
