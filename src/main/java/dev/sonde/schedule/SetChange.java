package dev.sonde.schedule;

import java.util.List;

/// What a set's document changes, or has changed, among its probes.
///
/// @param changes only real ones: created, replaced, deleted
/// @param unchanged how many stay as they are
public record SetChange(List<ProbeChange> changes, int unchanged) {}
