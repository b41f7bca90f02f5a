package dev.sonde.maintenance;

/// Receives the begin and the end of every window, on a thread of the maintenances. It must neither
/// block nor throw.
@FunctionalInterface
public interface MaintenanceObserver {

    void onEvent(MaintenanceEvent event);
}
