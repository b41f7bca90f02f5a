package dev.sonde.history;

import dev.sonde.probe.spec.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The time for which a probe was down.
///
/// @param from start of the first failed run of the row that made the probe down
/// @param to start of the first good run of the row that made it up, or the time of a pause. Absent
///     while the incident is open.
/// @param endedBy `up`, `degraded`, `paused` or `deleted`; absent while it is open
/// @param phase in which the first run failed
/// @param reason of the first run
/// @param lastResultId the good run of `to`; absent while the incident is open and where it was not
///     requested
/// @param failedRuns from the first one on
/// @param unwatchedMillis time between two of its runs in which the probe was not watched
public record Incident(
        UUID id,
        String probe,
        Instant from,
        @Nullable Instant to,
        @Nullable String endedBy,
        @Nullable Phase phase,
        String reason,
        @Nullable String detail,
        @Nullable UUID firstResultId,
        @Nullable UUID lastResultId,
        long failedRuns,
        long unwatchedMillis) {

    /// From its begin to its end or, while it is open, to now; never negative.
    public Duration took(Instant now) {
        Duration took = Duration.between(from, to == null ? now : to);
        return took.isNegative() ? Duration.ZERO : took;
    }
}
