package dev.sonde.probe.keeping;

import java.time.Instant;
import java.util.Map;

/// Which probes are under maintenance. Safe for any thread; it neither blocks nor throws.
public interface MaintenanceCalendar {

    /// A calendar without maintenance.
    MaintenanceCalendar EMPTY =
            new MaintenanceCalendar() {
                @Override
                public boolean isUnder(String probe, Map<String, String> labels, Instant at) {
                    return false;
                }

                @Override
                public boolean isEmpty(Instant at) {
                    return true;
                }
            };

    /// Whether a probe of this name and with these labels is under maintenance at an instant.
    boolean isUnder(String probe, Map<String, String> labels, Instant at);

    /// Whether no maintenance goes on at an instant.
    boolean isEmpty(Instant at);
}
