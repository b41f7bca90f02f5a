package dev.sonde.probe.finding;

import dev.sonde.probe.spec.Phase;

/// How long an attempt spent in one phase.
///
/// @param tookNanos on the monotonic clock, zero or more
public record PhaseTime(Phase phase, long tookNanos) {

    public PhaseTime {
        if (tookNanos < 0) {
            throw new IllegalArgumentException("negative time in " + phase + ": " + tookNanos);
        }
    }
}
