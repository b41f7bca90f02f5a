package dev.sonde.maintenance;

import java.time.Instant;

/// The begin or the end of a maintenance's window.
///
/// @param isBegin whether the window begins
/// @param at when it began or ended; a deletion ends it early
public record MaintenanceEvent(UnderMaintenance under, boolean isBegin, Instant at) {}
