package dev.sonde.schedule;

import java.util.List;

/// The changes of a set's document among its probes, planned or done.
///
/// @param changes only real ones: created, replaced, deleted
/// @param unchanged how many stay as they are
public record SetChange(List<ProbeChange> changes, int unchanged) {}
