package dev.sonde.maintenance;

/// A maintenance that goes on, with its present window.
public record UnderMaintenance(Maintenance maintenance, MaintenanceWindow window) {}
