package dev.sonde.attempt.step;

import dev.sonde.eventloop.Ticker;
import dev.sonde.kernel.Errno;
import dev.sonde.probe.finding.ObserveReport;
import dev.sonde.probe.finding.ObserveReport.Verdict;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.Phase;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import org.jspecify.annotations.Nullable;

/// Finds whether a program answers at the other end of a connection, or only its kernel.
///
/// The loop reports at once that the peer sends or ends. Missing acknowledgements show in the
/// kernel's counters. These are read only when a timer of the kernel may have changed them
/// ([ObservationSchedule]). No read is needed once all is acknowledged. If the counters leave a
/// choice, a second connect narrows it.
final class ObserveStep implements Step {

    private final Connection connection;
    private final ObserveSettings settings;
    private final Counters counters;
    private final ObservePayload payload;
    private final PeerSilence silence;
    private final SecondAttempt second;
    private final long startedNanos;

    /// Later than planned where the payload left later than planned.
    private long endNanos;

    private final ObservationSchedule looks;
    private @Nullable Long answeredAtNanos;
    private long receivedBytes;
    private Verdict verdict = Verdict.UNKNOWN;

    ObserveStep(Connection connection, ObserveSettings settings) {
        this.connection = connection;
        this.settings = settings;
        this.counters = new Counters(connection);
        this.startedNanos = connection.nowNanos();
        this.payload =
                new ObservePayload(
                        connection, settings.send(), startedNanos + settings.after().toNanos());
        this.silence = new PeerSilence(connection, counters, payload, startedNanos);
        this.second = new SecondAttempt(connection);
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
            payload.write();
        }
        Outcome other = second.outcome();
        PeerSilence.Finding found =
                other == null || verdict != Verdict.UNKNOWN ? null : silence.afterSecond(other);
        return found == null ? waiting() : ended(found);
    }

    @Override
    public Progress onDeadline() throws IOException {
        look();
        if (payload.isDue()) {
            return sendIfDue();
        }
        if (connection.nowNanos() - endNanos >= 0) {
            return watchIsOver();
        }
        if (!second.hasBegun() && (silence.isHalfEstablished() || silence.isUnheard())) {
            boolean isSentHalf = payload.isSent() && silence.isHalfEstablished();
            if (!second.begin(isSentHalf) && isSentHalf) {
                return ended(silence.halfEstablished(null));
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
        Outcome other = second.outcome();
        connection.endSecond();
        look();
        return new ObserveReport(
                verdict,
                payload.sentBytes(),
                payload.isSent() ? counters.unacknowledgedBytes() : null,
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

    /// A process that stood still sends late. The peer still has its whole time to answer.
    private Progress sendIfDue() throws IOException {
        if (payload.isDue()) {
            long nowNanos = connection.nowNanos();
            endNanos += nowNanos - payload.dueNanos();
            looks.startAt(nowNanos);
            payload.begin(nowNanos);
        }
        return waiting();
    }

    private Progress waiting() {
        int ops = SelectionKey.OP_READ | (payload.isBlocked() ? SelectionKey.OP_WRITE : 0);
        long wakeAtNanos =
                payload.isAcknowledged() ? endNanos : Ticker.earlier(looks.nextNanos(), endNanos);
        return new Progress.Waiting(
                ops,
                payload.isToCome() ? Ticker.earlier(payload.dueNanos(), wakeAtNanos) : wakeAtNanos);
    }

    private void look() {
        counters.look();
        looks.passed(connection.nowNanos());
        payload.look(counters);
    }

    private Progress watchIsOver() {
        if (!payload.isWanted()) {
            verdict = Verdict.SILENT;
            return new Progress.Passed(ObservationOutcomes.silent(silence.isHalfEstablished()));
        }
        return ended(silence.atEnd(settings.watch(), payload.isAcknowledged(), second.outcome()));
    }

    private Progress ended(PeerSilence.Finding found) {
        return ended(found.verdict(), found.outcome());
    }

    private Progress ended(Verdict seen, Outcome outcome) {
        verdict = seen;
        return new Progress.Ended(outcome);
    }
}
