package dev.sonde.attempt.name;

import dev.sonde.probe.finding.NameEvidence;
import dev.sonde.probe.finding.Outcome;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outcome of a look-up.
public sealed interface Resolution {

    /// How long the look-up itself took, waiting for its turn excluded.
    long tookNanos();

    /// Evidence of the answer; absent where nobody was asked.
    @Nullable NameEvidence evidence();

    /// The name has addresses.
    ///
    /// @param addresses in the resolver's order, at least one
    record Found(List<InetAddress> addresses, long tookNanos, @Nullable NameEvidence evidence)
            implements Resolution {}

    /// The name has no address, or the name service failed.
    record Unresolved(Outcome outcome, long tookNanos, @Nullable NameEvidence evidence)
            implements Resolution {

        /// No answer of a name service is behind it.
        public Unresolved(Outcome outcome, long tookNanos) {
            this(outcome, tookNanos, null);
        }
    }
}
