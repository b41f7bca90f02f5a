package dev.sonde.maintenance;

import java.util.List;
import java.util.UUID;

/// The store of maintenances. Safe for any thread; every method may block.
public interface MaintenanceStore {

    /// All of them; those that cannot be read are left out and logged.
    List<Maintenance> all();

    void add(Maintenance maintenance);

    /// Removes what exists of these.
    void remove(List<UUID> ids);
}
