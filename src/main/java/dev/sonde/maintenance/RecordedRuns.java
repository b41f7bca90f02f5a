package dev.sonde.maintenance;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Runs that were recorded before their maintenance was created. Safe for any thread; every method
/// may block.
public interface RecordedRuns {

    /// The earliest begin of a window whose runs of these probes are all still kept. Null if it is
    /// not later than the wanted begin.
    @Nullable Instant keptSince(Collection<String> probes, Instant wanted);

    /// Takes the runs of a window out of uptime and out of incidents.
    void silence(Collection<String> probes, MaintenanceWindow window);
}
