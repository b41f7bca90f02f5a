package dev.sonde.result;

import dev.sonde.maintenance.MaintenanceEvent;
import dev.sonde.maintenance.MaintenanceObserver;
import org.springframework.stereotype.Component;

/// Hands the begin and the end of maintenances to the event log. Safe for any thread.
@Component
final class MaintenanceEvents implements MaintenanceObserver {

    private final EventLog log;

    MaintenanceEvents(EventLog log) {
        this.log = log;
    }

    @Override
    public void onEvent(MaintenanceEvent event) {
        log.append(new Event.OfMaintenance(event));
    }
}
