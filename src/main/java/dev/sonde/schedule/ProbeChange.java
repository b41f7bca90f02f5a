package dev.sonde.schedule;

import dev.sonde.probe.spec.ProbeDefinition;
import org.jspecify.annotations.Nullable;

/// What became of a definition. Where the same was asked for again, both sides are the same.
///
/// @param before null when there was none
/// @param after null when there is none any more
public record ProbeChange(@Nullable ProbeDefinition before, @Nullable ProbeDefinition after) {

    public boolean created() {
        return before == null && after != null;
    }

    public boolean deleted() {
        return before != null && after == null;
    }
}
