package dev.sonde.notification.message;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stored stretch of time in which a probe was down or degraded.
///
/// @param id of the incident, or of the transition to degraded
/// @param to absent while it goes on
/// @param endedBy the word of the state that ended it, or `deleted`; absent while it goes on
/// @param endId of the transition that ended a degraded episode; absent elsewhere
/// @param inMaintenance whether it began in maintenance
/// @param afterDown whether the probe was down before it became degraded
public record Episode(
        String id,
        EpisodeKind kind,
        String probe,
        Instant from,
        @Nullable Instant to,
        @Nullable String endedBy,
        @Nullable String endId,
        @Nullable String phase,
        String reason,
        @Nullable String detail,
        boolean inMaintenance,
        boolean afterDown) {

    /// From its begin to its end or to now; never negative.
    public Duration took(Instant now) {
        Duration took = Duration.between(from, to == null ? now : to);
        return took.isNegative() ? Duration.ZERO : took;
    }

    /// Whether an incident says more: a degraded probe went down.
    public boolean isReplaced() {
        return kind == EpisodeKind.DEGRADED && "down".equals(endedBy);
    }
}
