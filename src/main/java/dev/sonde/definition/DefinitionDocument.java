package dev.sonde.definition;

import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.probe.spec.ProbeSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// A document that was read: all definitions of a set, with the defaults filled in.
///
/// @param probes by name, none of them paused
/// @param listeners by name
public record DefinitionDocument(
        Map<String, ProbeSpec> probes, Map<String, ListenerSpec> listeners) {

    public static final DefinitionDocument EMPTY = new DefinitionDocument(Map.of(), Map.of());

    public DefinitionDocument {
        probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
    }
}
