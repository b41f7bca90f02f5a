package dev.sonde.probe.finding;

import dev.sonde.probe.spec.EnumLabel;
import dev.sonde.probe.spec.Phase;
import org.jspecify.annotations.Nullable;

/// Facts of a connection while it was observed.
///
/// @param verdict `answering`, or another kind of peer
/// @param sentBytes payload that our kernel took; absent without a payload
/// @param unacknowledgedBytes of it that the peer's kernel never acknowledged
/// @param receivedBytes bytes that the peer sent
/// @param answeredMicros since the start of the step, when the first byte came
/// @param retransmits how often our kernel had repeated the oldest unacknowledged segment
/// @param segmentsIn segments that came meanwhile, of any kind
/// @param secondConnect the outcome of a second connect, if one was made for more evidence
public record ObserveReport(
        Verdict verdict,
        @Nullable Long sentBytes,
        @Nullable Long unacknowledgedBytes,
        @Nullable Long receivedBytes,
        @Nullable Long answeredMicros,
        @Nullable Long retransmits,
        @Nullable Long segmentsIn,
        @Nullable String secondConnect)
        implements StepReport {

    /// The kind of the peer.
    public enum Verdict {
        /// Its program sent something.
        ANSWERING,
        /// It sent nothing, and nothing had been said to it.
        SILENT,
        /// Its kernel acknowledged what was sent, and no answer came.
        NO_ANSWER,
        /// It holds the connection half-open: it repeats its SYN-ACK and takes no data.
        HALF_ESTABLISHED,
        /// Nothing acknowledged what was sent.
        UNACKNOWLEDGED,
        /// It ended the connection with a FIN.
        CLOSED_BY_PEER,
        /// It ended the connection with a RST.
        RESET,
        /// The step was stopped before it had a verdict.
        UNKNOWN;

        private final String label = EnumLabel.of(this);

        /// The word in results.
        public String label() {
            return label;
        }
    }

    @Override
    public Phase phase() {
        return Phase.OBSERVE;
    }
}
