package dev.sonde.schedule;

import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import org.jspecify.annotations.Nullable;

/// A change of a probe, given its present definition.
@FunctionalInterface
public interface ProbeEdit {

    /// Decides while no other definition can change, so it must be quick. An exception reaches the
    /// caller, and nothing has changed.
    ///
    /// @param current the definition as it is; null when there is none of that name
    /// @return what is wanted from now on; null for no such probe
    @Nullable ProbeSpec apply(@Nullable ProbeDefinition current);
}
