package dev.sonde.maintenance;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// Runs that were recorded before somebody said that they were in maintenance. Safe for any thread;
/// every method may block.
public interface RecordedRuns {

    /// The earliest begin of a window in which every run of these probes is still kept, where that
    /// is later than the wanted begin; null otherwise.
    @Nullable Instant keptSince(Collection<String> probes, Instant wanted);

    /// Takes the runs of a window out of uptime and out of incidents.
    void silence(Collection<String> probes, MaintenanceWindow window);
}
