package dev.sonde.schedule;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.plan.NotProbedStreak;
import dev.sonde.schedule.plan.ProbeEntry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A scheduled probe at one instant.
///
/// @param latest the latest scheduled run's result; absent before the first one since the start,
///     and for a probe of another owner
/// @param nextRunAt absent while paused
/// @param outcome of the latest scheduled run that is known here, also of another owner's
/// @param notProbed the latest scheduled runs, where they asked nothing of the target
public record ProbeSnapshot(
        ProbeDefinition definition,
        ProbeHealth health,
        @Nullable PackedResult latest,
        @Nullable Instant nextRunAt,
        @Nullable Outcome outcome,
        @Nullable NotProbedStreak notProbed) {

    static ProbeSnapshot of(ProbeEntry probe) {
        return new ProbeSnapshot(
                probe.definition(),
                probe.health(),
                probe.last(),
                probe.nextRunAt(),
                probe.outcome(),
                probe.notProbed());
    }

    /// The latest scheduled run's result, unpacked.
    public @Nullable ProbeResult last() {
        return latest == null ? null : latest.unpack();
    }
}
