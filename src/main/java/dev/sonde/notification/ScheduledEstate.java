package dev.sonde.notification;

import dev.sonde.maintenance.MaintenanceBook;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.ProbeSnapshot;
import dev.sonde.schedule.Schedules;
import dev.sonde.schedule.plan.Ownership;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The scheduled probes of this process. Safe for any thread.
record ScheduledEstate(
        Schedules schedules, MaintenanceBook maintenances, Ownership ownership, Clock clock)
        implements Estate {

    @Override
    public boolean owns(String probe) {
        return ownership.owns(ownership.partitionOf(probe));
    }

    @Override
    public long running() {
        return schedules.running();
    }

    @Override
    public @Nullable ProbeFacts find(String probe) {
        ProbeSnapshot found = schedules.find(probe).orElse(null);
        if (found == null) {
            return null;
        }
        ProbeDefinition definition = found.definition();
        return new ProbeFacts(
                definition.spec().target().toString(),
                definition.spec().labels(),
                found.health().state().label());
    }

    @Override
    public boolean isUnderMaintenance(String probe, Map<String, String> labels) {
        return maintenances.isUnder(probe, labels, clock.instant());
    }
}
