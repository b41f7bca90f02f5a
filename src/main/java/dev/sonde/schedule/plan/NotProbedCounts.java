package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.NotProbedReason;
import org.jspecify.annotations.Nullable;

/// The runs of a probe that were not probed, by reason, as a chain of few links. Immutable.
///
/// @param reason different in each link
/// @param count at least one
/// @param others of the other reasons; absent at the end
public record NotProbedCounts(NotProbedReason reason, int count, @Nullable NotProbedCounts others) {

    /// The same and one more.
    static NotProbedCounts plus(@Nullable NotProbedCounts counts, NotProbedReason reason) {
        if (counts == null) {
            return new NotProbedCounts(reason, 1, null);
        }
        return counts.reason == reason
                ? new NotProbedCounts(reason, counts.count + 1, counts.others)
                : new NotProbedCounts(counts.reason, counts.count, plus(counts.others, reason));
    }

    /// How many reasons there are.
    public static int reasons(@Nullable NotProbedCounts counts) {
        int reasons = 0;
        for (NotProbedCounts next = counts; next != null; next = next.others) {
            reasons++;
        }
        return reasons;
    }

    /// Runs of all reasons.
    public static long runs(@Nullable NotProbedCounts counts) {
        long runs = 0;
        for (NotProbedCounts next = counts; next != null; next = next.others) {
            runs += next.count;
        }
        return runs;
    }
}
