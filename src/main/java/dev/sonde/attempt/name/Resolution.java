package dev.sonde.attempt.name;

import dev.sonde.probe.finding.Outcome;
import java.net.InetAddress;
import java.util.List;

/// The outcome of a look-up.
public sealed interface Resolution {

    /// How long the look-up itself took, waiting for its turn excluded.
    long tookNanos();

    /// The name has addresses.
    ///
    /// @param addresses in the resolver's order, at least one
    record Found(List<InetAddress> addresses, long tookNanos) implements Resolution {}

    /// The name has no address, or the name service failed.
    record Unresolved(Outcome outcome, long tookNanos) implements Resolution {}
}
