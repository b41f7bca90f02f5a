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
/// @param since when the state was entered
/// @param streak successes in a row if positive, failures in a row if negative; it stops counting
///     at the threshold
public record ProbeHealth(ProbeState state, Instant since, int streak) {

    /// A probe of which nothing is known yet.
    public static ProbeHealth pending(Instant since) {
        return new ProbeHealth(ProbeState.PENDING, since, 0);
    }

    /// The health of a paused probe.
    public static ProbeHealth paused(Instant since) {
        return new ProbeHealth(ProbeState.PAUSED, since, 0);
    }

    /// The health after one more outcome; this very object if nothing changes.
    public ProbeHealth after(Outcome outcome, Thresholds thresholds, Instant now) {
        if (state == ProbeState.PAUSED) {
            return this;
        }
        return switch (outcome) {
            case Outcome.NotProbed _ -> this;
            case Outcome.Succeeded _ -> {
                int successes = Math.min(Math.max(streak, 0) + 1, thresholds.rise());
                yield next(ProbeState.UP, successes, successes >= thresholds.rise(), now);
            }
            case Outcome.Failed _ -> {
                int failures = Math.min(Math.max(-streak, 0) + 1, thresholds.fall());
                yield next(ProbeState.DOWN, -failures, failures >= thresholds.fall(), now);
            }
        };
    }

    private ProbeHealth next(
            ProbeState wanted, int nextStreak, boolean thresholdReached, Instant now) {
        if (thresholdReached && state != wanted) {
            return new ProbeHealth(wanted, now, nextStreak);
        }
        return nextStreak == streak ? this : new ProbeHealth(state, since, nextStreak);
    }
}
