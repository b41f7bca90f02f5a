package dev.sonde.history;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The outcomes of the runs of one or more probes in a window.
///
/// @param totals of all runs
/// @param incidents that began or lasted in it
/// @param downMillis time of the window in incidents, without unwatched time
/// @param watchedMillis time of the window in which the probe was watched
/// @param dataSince the begin of the first bucket with a run; absent without any
public record Statistics(
        Totals totals,
        long incidents,
        long downMillis,
        long watchedMillis,
        @Nullable Instant dataSince) {

    static final Statistics NONE = new Statistics(new Totals(), 0, 0, 0, null);

    /// The share of the decided runs outside of maintenance that were as expected, 0 to 1; absent
    /// without decided runs.
    public @Nullable Double uptime() {
        long decided = totals.good() + totals.bad();
        return decided == 0 ? null : (Double) ((double) totals.good() / decided);
    }

    Statistics plus(Statistics other) {
        Totals sum = new Totals();
        sum.merge(totals);
        sum.merge(other.totals);
        return new Statistics(
                sum,
                incidents + other.incidents,
                downMillis + other.downMillis,
                watchedMillis + other.watchedMillis,
                earlier(dataSince, other.dataSince));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
