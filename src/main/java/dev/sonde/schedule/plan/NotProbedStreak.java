package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.NotProbedReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Scheduled runs in a row that asked nothing of the target.
///
/// @param since when the first of them ended
/// @param runs how many, at least 1
/// @param reason of the latest
public record NotProbedStreak(Instant since, int runs, NotProbedReason reason) {

    /// From this number on, a row is reported.
    public static final int MANY = 3;

    static NotProbedStreak plus(
            @Nullable NotProbedStreak before, NotProbedReason reason, Instant now) {
        return before == null
                ? new NotProbedStreak(now, 1, reason)
                : new NotProbedStreak(before.since, before.runs + 1, reason);
    }

    static boolean isLong(@Nullable NotProbedStreak streak) {
        return streak != null && streak.runs >= MANY;
    }
}
