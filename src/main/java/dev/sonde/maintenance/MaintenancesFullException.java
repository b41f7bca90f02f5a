package dev.sonde.maintenance;

/// As many maintenances exist as can, and none has ended.
public final class MaintenancesFullException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public MaintenancesFullException() {
        super(
                "the limit of %d maintenances is reached and none has ended; delete one first"
                        .formatted(MaintenanceBook.MOST));
    }
}
