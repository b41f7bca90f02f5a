package dev.sonde.attempt;

import dev.sonde.attempt.admission.Share;
import org.jspecify.annotations.Nullable;

/// Where a run comes from.
///
/// @param caller who asked for it; absent where nobody with a name did
/// @param probe the scheduled probe's name; absent for any other run
/// @param share of the engine that it draws on
public record Origin(@Nullable String caller, @Nullable String probe, Share share) {

    /// The schedule, or somebody who wants one of its probes run now.
    ///
    /// @param probe absent for a run outside its schedule
    public static Origin ofSchedule(@Nullable String probe) {
        return new Origin(null, probe, Share.RESERVED);
    }

    /// Somebody who waits for this one target: `/probe`.
    public static Origin ofScrape(@Nullable String caller) {
        return new Origin(caller, null, Share.RESERVED);
    }

    /// A check.
    public static Origin ofCheck(@Nullable String caller) {
        return new Origin(caller, null, Share.of(caller));
    }
}
