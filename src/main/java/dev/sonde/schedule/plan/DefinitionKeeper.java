package dev.sonde.schedule.plan;

import dev.sonde.probe.spec.ProbeDefinition;
import org.jspecify.annotations.Nullable;

/// The place of foreign probes' definitions. Safe for any thread.
public interface DefinitionKeeper {

    ProbeDefinition definition(ForeignProbe probe);

    /// The set that owns them; absent for probes outside of sets.
    @Nullable String set();
}
