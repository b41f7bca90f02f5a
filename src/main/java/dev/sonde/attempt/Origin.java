package dev.sonde.attempt;

import dev.sonde.attempt.admission.Share;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The origin of a run.
///
/// @param caller name of the caller; absent for an anonymous one
/// @param probe the scheduled probe's name; absent for any other run
/// @param share of the engine that it draws on
/// @param reuse how old an answer of the name service may be that is used again
public record Origin(@Nullable String caller, @Nullable String probe, Share share, Duration reuse) {

    private static final Origin NOBODY = new Origin(null, null, Share.RESERVED, Duration.ZERO);

    /// The schedule, or a caller that runs one of its probes now. A run by hand asks the name
    /// service anew.
    ///
    /// @param probe absent for a run outside its schedule
    /// @param interval of the schedule
    public static Origin ofSchedule(@Nullable String probe, Duration interval) {
        Duration reuse = probe == null ? Duration.ZERO : Duration.ofNanos(interval.toNanos() / 2);
        return new Origin(null, probe, Share.RESERVED, reuse);
    }

    /// A caller that waits for this one target: `/probe`.
    public static Origin ofScrape(@Nullable String caller) {
        return caller == null ? NOBODY : new Origin(caller, null, Share.RESERVED, Duration.ZERO);
    }

    /// A check.
    public static Origin ofCheck(@Nullable String caller) {
        return new Origin(caller, null, Share.of(caller), Duration.ZERO);
    }
}
