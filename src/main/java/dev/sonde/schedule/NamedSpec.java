package dev.sonde.schedule;

import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.ResourceName;

/// One line of a bulk request.
public record NamedSpec(String name, ProbeSpec spec) {

    public NamedSpec {
        ResourceName.requireValid(name);
    }
}
