package dev.sonde.schedule;

import dev.sonde.probe.spec.ProbeName;
import dev.sonde.probe.spec.ProbeSpec;

/// One line of a bulk request.
public record NamedSpec(String name, ProbeSpec spec) {

    public NamedSpec {
        ProbeName.requireValid(name);
    }
}
