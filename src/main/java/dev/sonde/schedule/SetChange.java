package dev.sonde.schedule;

import dev.sonde.probe.spec.ProbeDefinition;
import java.util.List;
import java.util.Objects;

/// The changes of a set's document among its probes, planned or done.
///
/// @param changes only real ones: created, replaced, deleted
/// @param unchanged how many stay as they are
public record SetChange(List<ProbeChange> changes, int unchanged) {

    /// The definitions that are created, or that replace another one.
    List<ProbeDefinition> after() {
        return changes.stream().map(ProbeChange::after).filter(Objects::nonNull).toList();
    }

    /// The names of those that are deleted.
    List<String> deleted() {
        return changes.stream()
                .filter(change -> change.after() == null)
                .map(change -> Objects.requireNonNull(change.before()).name())
                .toList();
    }
}
