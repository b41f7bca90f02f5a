package dev.sonde.attempt.step;

import dev.sonde.probe.finding.ObserveReport.Verdict;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.tls.TlsConnection;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The signs that nobody has this connection at the other end, by the kernel's counters, and the
/// verdict on them. Confined to the loop's thread of its connection.
final class PeerSilence {

    /// The peer's SYN-ACK timer has fired twice by then.
    private static final long UNHEARD_NANOS = TimeUnit.MILLISECONDS.toNanos(3_500);

    private final Connection connection;
    private final Counters counters;
    private final ObservePayload payload;
    private final long startedNanos;

    /// A verdict and its outcome.
    record Finding(Verdict verdict, Outcome outcome) {}

    PeerSilence(
            Connection connection, Counters counters, ObservePayload payload, long startedNanos) {
        this.connection = connection;
        this.counters = counters;
        this.payload = payload;
        this.startedNanos = startedNanos;
    }

    /// Segments come, and none of them acknowledges anything: the SYN-ACK again.
    boolean isHalfEstablished() {
        Long segments = counters.newSegments();
        return !hasAccepted() && segments != null && segments > 0 && isNothingAcknowledged();
    }

    /// A TLS handshake, or an answer in an earlier step, shows that the peer's program has the
    /// connection.
    boolean hasAccepted() {
        return connection.bytes() instanceof TlsConnection || counters.hasSpoken();
    }

    /// Nothing has come at all, although the peer's SYN-ACK timer would have fired.
    boolean isUnheard() {
        return payload.isSent()
                && isNothingAcknowledged()
                && connection.nowNanos() - payload.sentAtNanos(0) >= UNHEARD_NANOS;
    }

    private boolean isNothingAcknowledged() {
        Long sent = payload.isSent() ? payload.sentBytes() : null;
        if (sent == null) {
            return true;
        }
        Long waiting = counters.unacknowledgedBytes();
        Long repeated = counters.retransmits();
        return repeated != null && repeated >= 2 && waiting != null && waiting >= sent;
    }

    /// The verdict after a second connect; null while the observation goes on.
    @Nullable Finding afterSecond(Outcome other) {
        if (payload.isSent()) {
            return isHalfEstablished()
                    ? halfEstablished(other)
                    : unacknowledged(ObservationOutcomes.second(other, hasAccepted()));
        }
        return other instanceof Outcome.Succeeded
                ? null // it waits for data first, or has just made room
                : halfEstablished(other);
    }

    /// The verdict at the end of an observation with a payload.
    ///
    /// @param other of the second connect; absent where it was not asked or has not ended
    Finding atEnd(Duration watch, boolean isAcknowledged, @Nullable Outcome other) {
        if (isHalfEstablished() && payload.isSent()) {
            return halfEstablished(other);
        }
        return isAcknowledged || !counters.areThere()
                ? new Finding(
                        Verdict.NO_ANSWER,
                        ObservationOutcomes.noAnswer(watch, isAcknowledged, hasAccepted()))
                : unacknowledged(
                        other == null ? "" : ObservationOutcomes.second(other, hasAccepted()));
    }

    /// @param other of the second connect; absent where it was not asked or has not ended
    Finding halfEstablished(@Nullable Outcome other) {
        return new Finding(
                Verdict.HALF_ESTABLISHED,
                ObservationOutcomes.halfEstablished(payload.isSent(), other));
    }

    private Finding unacknowledged(String more) {
        long sinceNanos = payload.sentAtNanos(startedNanos);
        Duration waited = Duration.ofNanos(connection.nowNanos() - sinceNanos);
        return new Finding(
                Verdict.UNACKNOWLEDGED,
                counters.isShutFromTheStart()
                        ? ObservationOutcomes.shutFromTheStart(waited)
                        : ObservationOutcomes.unacknowledged(waited, more));
    }
}
