package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.FailureReason;
import org.jspecify.annotations.Nullable;

/// The failed runs of a probe by reason, as a chain of few links. A target rarely fails in many
/// ways, and a hundred thousand probes are counted. Immutable.
///
/// @param reason different in each link
/// @param count at least one
/// @param others of the other reasons; absent at the end
public record FailureCounts(FailureReason reason, int count, @Nullable FailureCounts others) {

    /// The same and one more.
    static FailureCounts plus(@Nullable FailureCounts counts, FailureReason reason) {
        if (counts == null) {
            return new FailureCounts(reason, 1, null);
        }
        return counts.reason == reason
                ? new FailureCounts(reason, counts.count + 1, counts.others)
                : new FailureCounts(counts.reason, counts.count, plus(counts.others, reason));
    }

    /// How many reasons there are.
    public static int reasons(@Nullable FailureCounts counts) {
        int reasons = 0;
        for (FailureCounts next = counts; next != null; next = next.others) {
            reasons++;
        }
        return reasons;
    }

    /// Runs of all reasons.
    public static long runs(@Nullable FailureCounts counts) {
        long runs = 0;
        for (FailureCounts next = counts; next != null; next = next.others) {
            runs += next.count;
        }
        return runs;
    }
}
