package dev.sonde.probe.finding;

import dev.sonde.probe.spec.EnumLabel;
import dev.sonde.probe.spec.Phase;
import org.jspecify.annotations.Nullable;

/// The fate of a connection that was held.
///
/// @param endedBy who ended it
/// @param mechanism how, unless the prober ended it
/// @param heldMicros how long it was held
/// @param sentBytes bytes that our kernel took; absent without a payload
/// @param receivedBytes bytes that the peer sent
/// @param unacknowledgedBytes bytes that the peer's kernel had not acknowledged at the end
/// @param rttMicros the smoothed round trip at the end
/// @param retransmits segments repeated meanwhile
/// @param keepaliveProbes probes sent meanwhile; absent if other segments without data may have
///     been counted in, because the peer sent something
/// @param unansweredProbes those of them, or of the zero window, still unanswered at the end
public record HoldReport(
        EndedBy endedBy,
        @Nullable Mechanism mechanism,
        long heldMicros,
        @Nullable Long sentBytes,
        long receivedBytes,
        @Nullable Long unacknowledgedBytes,
        @Nullable Long rttMicros,
        @Nullable Long retransmits,
        @Nullable Long keepaliveProbes,
        @Nullable Long unansweredProbes)
        implements StepReport {

    /// The side that ended a connection.
    public enum EndedBy {
        /// The time was over, or the probe was stopped.
        PROBER,
        /// The peer ended it on purpose.
        PEER,
        /// Our own kernel gave the peer up.
        KERNEL;

        private final String label = EnumLabel.of(this);

        /// The word in results.
        public String label() {
            return label;
        }
    }

    /// How a connection ended.
    public enum Mechanism {
        FIN,
        RST,
        /// Keepalive probes went unanswered.
        KEEPALIVE,
        /// Data was repeated until the kernel's limit (`tcp_retries2`).
        RETRANSMISSION,
        /// Data, or a keepalive probe, was unacknowledged for longer than TCP_USER_TIMEOUT.
        USER_TIMEOUT,
        /// An ICMP message, or nobody answering for the address on its network, was the reason.
        ICMP;

        private final String label = EnumLabel.of(this);

        /// The word in results.
        public String label() {
            return label;
        }
    }

    @Override
    public Phase phase() {
        return Phase.HOLD;
    }
}
