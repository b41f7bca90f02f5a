package dev.sonde.attempt.step;

import dev.sonde.dialogue.Payload;
import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.ObserveReport;
import dev.sonde.probe.finding.ObserveReport.Verdict;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.path.Question;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.Phase;
import dev.sonde.tls.TlsConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Finds whether a program answers at the other end of a connection, or only its kernel.
///
/// The loop reports at once that the peer sends or ends. Missing acknowledgements show in the
/// kernel's counters. These are read only when a timer of the kernel may have changed them
/// ([ObservationSchedule]). No read is needed once all is acknowledged. If the counters leave a
/// choice, a second connect narrows it.
final class ObserveStep implements Step {

    /// The peer's SYN-ACK timer has fired twice by then.
    private static final long UNHEARD_NANOS = TimeUnit.MILLISECONDS.toNanos(3_500);

    private static final Duration SECOND_TIMEOUT = Duration.ofMillis(1_500);

    /// Enough for an answer where the peer repeats its SYN-ACK, so that packets do come back.
    private static final Duration SHORT_SECOND_TIMEOUT = Duration.ofMillis(500);

    private final Connection connection;
    private final ObserveSettings settings;
    private final Counters counters;
    private final @Nullable ByteBuffer payload;
    private final long startedNanos;

    /// Later than planned where the payload left later than planned.
    private long endNanos;

    private final ObservationSchedule looks;
    private @Nullable Long sentAtNanos;
    private @Nullable Long answeredAtNanos;
    private long receivedBytes;
    private boolean isAcknowledged;
    private Verdict verdict = Verdict.UNKNOWN;
    private boolean hasAsked;
    private @Nullable Outcome second;

    ObserveStep(Connection connection, ObserveSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.counters = new Counters(connection);
        Payload send = settings.send();
        this.payload = send == null ? null : send.bytes();
        this.startedNanos = connection.nowNanos();
        this.endNanos = startedNanos + settings.watch().toNanos();
        this.looks = new ObservationSchedule(startedNanos);
    }

    @Override
    public Phase phase() {
        return Phase.OBSERVE;
    }

    @Override
    public Progress begin() throws IOException {
        counters.look();
        return sendIfDue();
    }

    @Override
    public Progress onReady(int readyOps) throws IOException {
        if ((readyOps & SelectionKey.OP_READ) != 0) {
            return read();
        }
        if ((readyOps & SelectionKey.OP_WRITE) != 0) {
            write();
        }
        return second == null || verdict != Verdict.UNKNOWN ? waiting() : told(second);
    }

    @Override
    public Progress onDeadline() throws IOException {
        look();
        if (isSendDue()) {
            return sendIfDue();
        }
        if (connection.nowNanos() - endNanos >= 0) {
            return watchIsOver();
        }
        if (!hasAsked && (isHalfEstablished() || isUnheard())) {
            hasAsked = true;
            if (connection.mayConnectAgain()) {
                askSecond();
            } else if (isHalfEstablished() && sentAtNanos != null) {
                return halfEstablished(null);
            }
        }
        return sendIfDue();
    }

    @Override
    public Progress onError(Errno errno) {
        return switch (errno) {
            case ECONNRESET, EPIPE -> ended(Verdict.RESET, ObservationOutcomes.reset(errno));
            case ETIMEDOUT -> ended(Verdict.UNACKNOWLEDGED, ObservationOutcomes.gaveUp(errno));
            default -> Step.super.onError(errno);
        };
    }

    @Override
    public StepReport end() {
        Outcome other = second;
        connection.endSecond();
        look();
        boolean hasSent = sentAtNanos != null;
        return new ObserveReport(
                verdict,
                payload == null ? null : (long) payload.position(),
                hasSent ? counters.unacknowledgedBytes() : null,
                receivedBytes == 0 ? null : receivedBytes,
                answeredAtNanos == null ? null : (answeredAtNanos - startedNanos) / 1_000,
                counters.retransmits(),
                counters.newSegments(),
                other == null ? null : other.reasonLabel());
    }

    private Progress read() throws IOException {
        connection.noteReadable();
        ByteBuffer read = connection.read();
        if (read == null) {
            connection.timeline().note(Kind.FIN_RECEIVED);
            return ended(Verdict.CLOSED_BY_PEER, ObservationOutcomes.closed());
        }
        if (!read.hasRemaining()) {
            return waiting();
        }
        receivedBytes = read.remaining();
        answeredAtNanos = connection.nowNanos();
        connection.timeline().note(Kind.RECEIVED, read.remaining());
        verdict = Verdict.ANSWERING;
        return new Progress.Passed(null);
    }

    private boolean isSendDue() {
        return payload != null && sentAtNanos == null && connection.nowNanos() - sendAtNanos() >= 0;
    }

    /// A process that stood still sends late. The peer still has its whole time to answer.
    private Progress sendIfDue() throws IOException {
        if (isSendDue()) {
            long nowNanos = connection.nowNanos();
            endNanos += nowNanos - sendAtNanos();
            sentAtNanos = nowNanos;
            looks.startAt(nowNanos);
            write();
        }
        return waiting();
    }

    private void write() throws IOException {
        if (payload != null && sentAtNanos != null && payload.hasRemaining()) {
            connection.timeline().note(Kind.SENT, connection.bytes().write(payload));
        }
    }

    private long sendAtNanos() {
        return startedNanos + settings.after().toNanos();
    }

    private Progress waiting() {
        boolean isWriting = payload != null && sentAtNanos != null && payload.hasRemaining();
        int ops = SelectionKey.OP_READ | (isWriting ? SelectionKey.OP_WRITE : 0);
        long wakeAtNanos = isAcknowledged ? endNanos : Ticker.earlier(looks.nextNanos(), endNanos);
        boolean isToSend = payload != null && sentAtNanos == null;
        return new Progress.Waiting(
                ops, isToSend ? Ticker.earlier(sendAtNanos(), wakeAtNanos) : wakeAtNanos);
    }

    private void look() {
        counters.look();
        looks.passed(connection.nowNanos());
        Long waiting = sentAtNanos == null ? null : counters.unacknowledgedBytes();
        if (!isAcknowledged && waiting != null && waiting == 0) {
            isAcknowledged = true;
            connection.timeline().note(Kind.ACKNOWLEDGED);
        }
    }

    /// Segments come, and none of them acknowledges anything: the SYN-ACK again.
    private boolean isHalfEstablished() {
        Long segments = counters.newSegments();
        return !hasAccepted() && segments != null && segments > 0 && isNothingAcknowledged();
    }

    /// A TLS handshake, or an answer in an earlier step, shows that the peer's program has the
    /// connection.
    private boolean hasAccepted() {
        return connection.bytes() instanceof TlsConnection || counters.hasSpoken();
    }

    /// Nothing has come at all, although the peer's SYN-ACK timer would have fired.
    private boolean isUnheard() {
        return sentAtNanos != null
                && isNothingAcknowledged()
                && connection.nowNanos() - sentAtNanos >= UNHEARD_NANOS;
    }

    private boolean isNothingAcknowledged() {
        if (payload == null || sentAtNanos == null) {
            return true;
        }
        Long waiting = counters.unacknowledgedBytes();
        Long repeated = counters.retransmits();
        return repeated != null
                && repeated >= 2
                && waiting != null
                && waiting >= payload.position();
    }

    /// A second connect distinguishes a full queue from one with free places.
    private void askSecond() {
        connection.timeline().note(Kind.SECOND_CONNECT);
        boolean isShort = isHalfEstablished() && sentAtNanos != null;
        connection.connectAgain(
                isShort ? SHORT_SECOND_TIMEOUT : SECOND_TIMEOUT,
                result -> {
                    second = result.outcome();
                    connection.asked(
                            Question.SECOND_CONNECT, ObservationOutcomes.answer(result.outcome()));
                    connection.wake();
                });
    }

    private Progress told(Outcome other) {
        if (sentAtNanos != null) {
            return isHalfEstablished()
                    ? halfEstablished(other)
                    : unacknowledged(ObservationOutcomes.second(other, hasAccepted()));
        }
        return other instanceof Outcome.Succeeded
                ? waiting() // it waits for data first, or has just made room
                : halfEstablished(other);
    }

    private Progress watchIsOver() {
        if (payload == null) {
            verdict = Verdict.SILENT;
            return new Progress.Passed(ObservationOutcomes.silent(isHalfEstablished()));
        }
        if (isHalfEstablished() && sentAtNanos != null) {
            return halfEstablished(second);
        }
        return isAcknowledged || !counters.areThere()
                ? ended(
                        Verdict.NO_ANSWER,
                        ObservationOutcomes.noAnswer(
                                settings.watch(), isAcknowledged, hasAccepted()))
                : unacknowledged(
                        second == null ? "" : ObservationOutcomes.second(second, hasAccepted()));
    }

    /// @param other of the second connect; absent where it was not asked or has not ended
    private Progress halfEstablished(@Nullable Outcome other) {
        return ended(
                Verdict.HALF_ESTABLISHED,
                ObservationOutcomes.halfEstablished(sentAtNanos != null, other));
    }

    private Progress unacknowledged(String more) {
        long sinceNanos = sentAtNanos == null ? startedNanos : sentAtNanos;
        Duration waited = Duration.ofNanos(connection.nowNanos() - sinceNanos);
        return ended(
                Verdict.UNACKNOWLEDGED,
                counters.isShutFromTheStart()
                        ? ObservationOutcomes.shutFromTheStart(waited)
                        : ObservationOutcomes.unacknowledged(waited, more));
    }

    private Progress ended(Verdict seen, Outcome outcome) {
        verdict = seen;
        return new Progress.Ended(outcome);
    }
}
