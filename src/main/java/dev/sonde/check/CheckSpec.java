package dev.sonde.check;

import dev.sonde.probe.spec.ProbeSettings;
import org.jspecify.annotations.Nullable;

/// The settings of a check.
///
/// @param targets at least one, not expanded, each of which [TargetExpression#parse] can read
/// @param total number of targets after expansion; [Long#MAX_VALUE] means that many or more
/// @param concurrency probes in flight at once, at least 1
/// @param ratePerSecond probes started in a second, at least 1; unlimited when absent
public record CheckSpec(
        TargetList targets,
        long total,
        ProbeSettings settings,
        int concurrency,
        @Nullable Integer ratePerSecond) {

    public CheckSpec {
        if (targets.size() == 0 || total < 1) {
            throw new IllegalArgumentException("a check needs a target");
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("a concurrency is at least 1, not " + concurrency);
        }
        if (ratePerSecond != null && ratePerSecond < 1) {
            throw new IllegalArgumentException("a rate is at least 1, not " + ratePerSecond);
        }
    }
}
