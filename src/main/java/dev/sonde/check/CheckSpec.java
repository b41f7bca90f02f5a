package dev.sonde.check;

import dev.sonde.probe.spec.ProbeSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a check was asked to do.
///
/// @param targets at least one, not expanded
/// @param concurrency probes in flight at once, at least 1
/// @param ratePerSecond probes started in a second, at least 1; unlimited when absent
public record CheckSpec(
        List<TargetExpression> targets,
        ProbeSettings settings,
        int concurrency,
        @Nullable Integer ratePerSecond) {

    public CheckSpec {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("a check needs a target");
        }
        if (concurrency < 1) {
            throw new IllegalArgumentException("a concurrency is at least 1, not " + concurrency);
        }
        if (ratePerSecond != null && ratePerSecond < 1) {
            throw new IllegalArgumentException("a rate is at least 1, not " + ratePerSecond);
        }
    }

    /// How many targets the list stands for; [Long#MAX_VALUE] stands for that many or more.
    public long total() {
        long total = 0;
        for (TargetExpression expression : targets) {
            total = TargetExpression.saturatedSum(total, expression.count());
        }
        return total;
    }
}
