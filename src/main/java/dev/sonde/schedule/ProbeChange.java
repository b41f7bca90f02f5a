package dev.sonde.schedule;

import dev.sonde.probe.spec.ProbeDefinition;
import org.jspecify.annotations.Nullable;

/// A change of a definition. Both sides are equal when the request repeats the present definition.
///
/// @param before null for a new probe
/// @param after null for a deleted probe
public record ProbeChange(@Nullable ProbeDefinition before, @Nullable ProbeDefinition after) {

    public boolean created() {
        return before == null && after != null;
    }

    public boolean deleted() {
        return before != null && after == null;
    }
}
