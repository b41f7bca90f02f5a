package dev.sonde.probe;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one attempt at one address found.
///
/// @param remote the address connected to; absent when it was never known
/// @param local our own end; absent when no connection was made
/// @param phases in order, each at most once; their sum is the attempt's whole duration
public record AttemptResult(
        @Nullable InetSocketAddress remote,
        @Nullable InetSocketAddress local,
        Outcome outcome,
        List<PhaseTime> phases) {

    public AttemptResult {
        phases = List.copyOf(phases);
    }

    /// From submit to outcome: the sum of the phases.
    public long tookNanos() {
        long sum = 0;
        for (PhaseTime phase : phases) {
            sum += phase.tookNanos();
        }
        return sum;
    }
}
