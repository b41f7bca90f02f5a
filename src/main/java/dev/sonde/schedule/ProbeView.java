package dev.sonde.schedule;

import dev.sonde.probe.ProbeDefinition;
import dev.sonde.probe.ProbeHealth;
import dev.sonde.probe.ProbeResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A scheduled probe at one instant.
///
/// @param last the latest scheduled run's result; absent before the first one since the start
/// @param nextRunAt absent while paused
public record ProbeView(
        ProbeDefinition definition,
        ProbeHealth health,
        @Nullable ProbeResult last,
        @Nullable Instant nextRunAt) {

    static ProbeView of(ScheduledProbe probe) {
        return new ProbeView(probe.definition(), probe.health(), probe.last(), probe.nextRunAt());
    }
}
