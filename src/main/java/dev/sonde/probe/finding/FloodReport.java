package dev.sonde.probe.finding;

import dev.sonde.probe.spec.EnumLabel;
import dev.sonde.probe.spec.Phase;
import org.jspecify.annotations.Nullable;

/// How much went through a connection, and what stopped it.
///
/// @param bytesTaken what our kernel took
/// @param unacknowledgedBytes of it, what the peer's kernel had not acknowledged (SIOCOUTQ)
/// @param unsentBytes of that, what had not left this host once (SIOCOUTQNSD)
/// @param stall why nothing moved any more; absent where it did not come to that
/// @param stalledMicros how long nothing had moved; absent likewise
/// @param windowBytes what the peer was ready to take at the end
/// @param retransmits repetitions of the oldest unacknowledged segment at the end
/// @param unansweredProbes probes of the zero window that were unanswered at the end
/// @param windowLimitedMicros how long the peer's window was what limited the flow
/// @param bufferLimitedMicros how long our own send buffer was
public record FloodReport(
        long bytesTaken,
        @Nullable Long unacknowledgedBytes,
        @Nullable Long unsentBytes,
        @Nullable Stall stall,
        @Nullable Long stalledMicros,
        @Nullable Long windowBytes,
        @Nullable Long retransmits,
        @Nullable Long unansweredProbes,
        @Nullable Long windowLimitedMicros,
        @Nullable Long bufferLimitedMicros)
        implements StepReport {

    /// Why nothing moves.
    public enum Stall {
        /// The peer's kernel answers and takes nothing: its program does not read.
        ZERO_WINDOW,
        /// The peer took nothing, and now does not even answer.
        ZERO_WINDOW_PEER_GONE,
        /// The sent data are not acknowledged.
        LOSS,
        /// The peer would take more; our own send buffer or queue holds it back.
        SEND_BUFFER,
        /// The kernel could not be asked.
        UNKNOWN;

        private final String label = EnumLabel.of(this);

        /// The word in results.
        public String label() {
            return label;
        }
    }

    @Override
    public Phase phase() {
        return Phase.FLOOD;
    }
}
