package dev.sonde.attempt.name;

import dev.sonde.probe.finding.Outcome;
import java.net.InetAddress;
import java.util.List;

/// What came of looking a name up.
public sealed interface Resolution {

    /// How long the look-up itself took, waiting for its turn excluded.
    long tookNanos();

    /// The name has addresses.
    ///
    /// @param addresses in the resolver's order, at least one
    record Found(List<InetAddress> addresses, long tookNanos) implements Resolution {}

    /// It has none, or nobody could tell.
    record Unresolved(Outcome outcome, long tookNanos) implements Resolution {}
}
