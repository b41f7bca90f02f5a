package dev.sonde.probe.finding;

import dev.sonde.probe.spec.Thresholds;
import java.time.Instant;

/// A scheduled probe's state and how far the latest outcomes are on the way to another one.
///
/// ```
///            resume            rise successes
///   PAUSED ----------> PENDING --------------> UP
///     ^                   |                   |  ^
///     | pause, from       | fall         fall |  | rise
///     | any state         | failures failures |  | successes
///                         |                   v  |
///                         +-----------------> DOWN
/// ```
///
/// Runs that end as expected count towards UP. `fall` of them in a row with a figure out of its
/// bound make an UP probe DEGRADED. `rise` of them in a row without such a figure make it UP again.
/// A probe that leaves DOWN or PENDING becomes DEGRADED if its last run has a figure out of its
/// bound.
///
/// @param since when the state was entered
/// @param streak runs in a row: positive for expected outcomes, negative for others; it stops
///     counting at the threshold
/// @param quality good runs in a row if positive, degraded ones if negative; likewise
public record ProbeHealth(ProbeState state, Instant since, int streak, int quality) {

    /// A state of which no run is known.
    public ProbeHealth(ProbeState state, Instant since, int streak) {
        this(state, since, streak, 0);
    }

    /// A probe of which nothing is known yet.
    public static ProbeHealth pending(Instant since) {
        return new ProbeHealth(ProbeState.PENDING, since, 0);
    }

    /// The health of a paused probe.
    public static ProbeHealth paused(Instant since) {
        return new ProbeHealth(ProbeState.PAUSED, since, 0);
    }

    /// The health after one more run; this very object if nothing changes.
    public ProbeHealth after(Verdict verdict, Thresholds thresholds, Instant now) {
        if (state == ProbeState.PAUSED) {
            return this;
        }
        return switch (verdict) {
            case NONE -> this;
            case GOOD -> afterExpected(Math.max(quality, 0) + 1, thresholds, now);
            case DEGRADED -> afterExpected(Math.min(quality, 0) - 1, thresholds, now);
            case BAD -> {
                int failures = Math.min(Math.max(-streak, 0) + 1, thresholds.fall());
                ProbeState wanted = failures >= thresholds.fall() ? ProbeState.DOWN : state;
                yield next(wanted, -failures, 0, now);
            }
        };
    }

    private ProbeHealth afterExpected(int row, Thresholds thresholds, Instant now) {
        int runs = Math.min(Math.max(streak, 0) + 1, thresholds.rise());
        int better = Math.max(Math.min(row, thresholds.rise()), -thresholds.fall());
        ProbeState wanted =
                switch (state) {
                    case PENDING, DOWN ->
                            runs < thresholds.rise()
                                    ? state
                                    : row < 0 ? ProbeState.DEGRADED : ProbeState.UP;
                    case UP -> row <= -thresholds.fall() ? ProbeState.DEGRADED : state;
                    case DEGRADED -> row >= thresholds.rise() ? ProbeState.UP : state;
                    case PAUSED -> state;
                };
        return next(wanted, runs, better, now);
    }

    private ProbeHealth next(ProbeState wanted, int nextStreak, int nextQuality, Instant now) {
        if (state != wanted) {
            return new ProbeHealth(wanted, now, nextStreak, nextQuality);
        }
        return nextStreak == streak && nextQuality == quality
                ? this
                : new ProbeHealth(state, since, nextStreak, nextQuality);
    }
}
