package dev.sonde.attempt;

import dev.sonde.kernel.Errno;
import dev.sonde.kernel.TcpInfo;
import dev.sonde.probe.FailureReason;
import dev.sonde.probe.ObserveReport;
import dev.sonde.probe.ObserveReport.Verdict;
import dev.sonde.probe.ObserveSettings;
import dev.sonde.probe.Outcome;
import dev.sonde.probe.Payload;
import dev.sonde.probe.Phase;
import dev.sonde.probe.StepReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Tells whether a program answers at the other end of a connection, or only its kernel.
///
/// What the peer sends or ends is told by the loop at once. What it does not acknowledge is found
/// by looking at the kernel's counters at the few times at which its own timers make a difference
/// ([Looks]); once all is acknowledged there is nothing more to look at.
final class ObserveStep implements Step {

    private final Connection connection;
    private final ObserveSettings settings;
    private final @Nullable ByteBuffer payload;
    private final long startedNanos;
    private final long endNanos;
    private final int payloadBytes;
    private long segmentsBefore = -1;
    private @Nullable TcpInfo info;
    private Verdict verdict = Verdict.UNKNOWN;
    private long receivedBytes;
    private long answeredNanos;
    private int looks;
    private boolean isAcknowledged;

    ObserveStep(Connection connection, ObserveSettings settings) {
        this.connection = connection;
        this.settings = settings;
        Payload send = settings.send();
        this.payload = send == null ? null : send.bytes();
        this.payloadBytes = payload == null ? 0 : payload.remaining();
        this.startedNanos = connection.nowNanos();
        this.endNanos = startedNanos + settings.watch().toNanos();
    }

    @Override
    public Phase phase() {
        return Phase.OBSERVE;
    }

    @Override
    public Progress begin() throws IOException {
        TcpInfo before = connection.kernel().tcpInfo(connection.socket());
        Long segments = before == null ? null : before.segsIn();
        segmentsBefore = segments == null ? -1 : segments;
        send();
        return goOnWaiting();
    }

    @Override
    public Progress onReady(int readyOps) throws IOException {
        if ((readyOps & SelectionKey.OP_WRITE) != 0) {
            send();
        }
        if ((readyOps & SelectionKey.OP_READ) == 0) {
            return goOnWaiting();
        }
        ByteBuffer read = connection.read();
        if (read == null) {
            return failed(
                    Verdict.CLOSED_BY_PEER,
                    FailureReason.CLOSED_BY_PEER,
                    "the peer closed the connection (FIN) without an answer");
        }
        if (!read.hasRemaining()) {
            return goOnWaiting();
        }
        receivedBytes = read.remaining();
        answeredNanos = connection.nowNanos();
        connection.timeline().note("received", read.remaining());
        verdict = Verdict.ANSWERING;
        return new Progress.Passed(null);
    }

    @Override
    public Progress onDeadline() {
        look();
        if (!isAcknowledged && isHalfEstablished()) {
            return halfEstablished();
        }
        return connection.nowNanos() - endNanos < 0 ? goOnWaiting() : watchIsOver();
    }

    @Override
    public Progress onError(Errno errno) {
        return switch (errno) {
            case ECONNRESET, EPIPE ->
                    failed(
                            Verdict.RESET,
                            FailureReason.RESET,
                            errno + ": the peer aborted the connection (RST) without an answer");
            case ETIMEDOUT ->
                    failed(
                            Verdict.UNACKNOWLEDGED,
                            FailureReason.UNACKNOWLEDGED,
                            "ETIMEDOUT: the kernel gave up on data that nobody acknowledged");
            default -> Step.super.onError(errno);
        };
    }

    @Override
    public StepReport end() {
        look();
        return new ObserveReport(
                verdict,
                payload == null ? null : (long) payload.position(),
                payload == null || info == null ? null : unacknowledgedBytes(),
                receivedBytes == 0 ? null : receivedBytes,
                receivedBytes == 0 ? null : (answeredNanos - startedNanos) / 1_000,
                info == null ? null : (long) info.retransmits(),
                newSegments() < 0 ? null : newSegments(),
                null);
    }

    private void send() throws IOException {
        if (payload == null || !payload.hasRemaining()) {
            return;
        }
        int written = connection.bytes().write(payload);
        connection.timeline().note("sent", written);
    }

    private Progress goOnWaiting() {
        boolean isSending = payload != null && payload.hasRemaining();
        int ops = SelectionKey.OP_READ | (isSending ? SelectionKey.OP_WRITE : 0);
        return new Progress.Waiting(ops, isAcknowledged ? endNanos : nextLookNanos());
    }

    private long nextLookNanos() {
        long atNanos = startedNanos + Looks.afterNanos(looks);
        return atNanos - endNanos < 0 ? atNanos : endNanos;
    }

    private void look() {
        TcpInfo now = connection.kernel().tcpInfo(connection.socket());
        if (now == null) {
            return;
        }
        info = now;
        long nowNanos = connection.nowNanos();
        while (startedNanos + Looks.afterNanos(looks) - nowNanos <= 0) {
            looks++;
        }
        if (payload != null && !isAcknowledged && unacknowledgedBytes() == 0) {
            isAcknowledged = true;
            connection.timeline().note("acknowledged");
        }
    }

    private long unacknowledgedBytes() {
        return connection.kernel().unacknowledgedBytes(connection.socket()).orElse(payloadBytes);
    }

    private long newSegments() {
        Long segments = info == null ? null : info.segsIn();
        return segments == null || segmentsBefore < 0 ? -1 : segments - segmentsBefore;
    }

    private boolean isHalfEstablished() {
        return info != null && newSegments() > 0 && (payload == null || info.retransmits() >= 2);
    }

    private Progress halfEstablished() {
        return failed(
                Verdict.HALF_ESTABLISHED,
                FailureReason.HALF_ESTABLISHED,
                "our end is connected, but the peer repeats its SYN-ACK: its accept queue is full"
                        + " and its program will not see this connection before it accepts others");
    }

    private Progress watchIsOver() {
        if (payload == null) {
            verdict = Verdict.SILENT;
            return new Progress.Passed("the peer sent nothing, and nothing was said to it");
        }
        return isAcknowledged || info == null
                ? failed(
                        Verdict.NO_ANSWER,
                        FailureReason.NO_ANSWER,
                        "no answer within %d ms: the peer's kernel has the data, its program has"
                                        .formatted(settings.watch().toMillis())
                                + " accepted and stays silent, or has not accepted yet, which"
                                + " from outside is one and the same")
                : failed(
                        Verdict.UNACKNOWLEDGED,
                        FailureReason.UNACKNOWLEDGED,
                        "nothing acknowledged the data within %d ms"
                                .formatted(settings.watch().toMillis()));
    }

    private Progress failed(Verdict seen, FailureReason reason, String detail) {
        verdict = seen;
        return new Progress.Ended(new Outcome.Failed(reason, Phase.OBSERVE, detail));
    }

    /// When to look, after the payload was sent: often at first, when an acknowledgement is due,
    /// then shortly after the peer's SYN-ACK timer would have fired (1, 3, 7 s; Linux
    /// `tcp_synack_retries`), then once a second.
    private static final class Looks {

        private static final int[] AFTER_MILLIS = {10, 50, 250, 500, 750, 1_050, 1_500, 2_050};

        static long afterNanos(int look) {
            long millis =
                    look < AFTER_MILLIS.length
                            ? AFTER_MILLIS[look]
                            : 3_050 + 1_000L * (look - AFTER_MILLIS.length);
            return TimeUnit.MILLISECONDS.toNanos(millis);
        }
    }
}
