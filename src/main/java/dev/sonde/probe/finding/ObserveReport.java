package dev.sonde.probe.finding;

import dev.sonde.probe.spec.EnumLabel;
import dev.sonde.probe.spec.Phase;
import org.jspecify.annotations.Nullable;

/// What was seen of a connection while it was observed.
///
/// @param verdict `answering`, or what it was instead
/// @param sentBytes payload that our kernel took; absent where there was none to send
/// @param unacknowledgedBytes of it that the peer's kernel never acknowledged
/// @param receivedBytes what the peer sent
/// @param answeredMicros since the start of the step, when the first byte came
/// @param retransmits how often our kernel had repeated the oldest unacknowledged segment
/// @param segmentsIn segments that came meanwhile, of any kind
/// @param secondConnect what became of a second connection, where one was made to tell more
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

    /// What the peer turned out to be.
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
        /// The step was stopped before anything could be told.
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
