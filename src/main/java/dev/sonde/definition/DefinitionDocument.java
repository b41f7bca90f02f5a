package dev.sonde.definition;

import dev.sonde.definition.source.SourceSpec;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.probe.spec.ProbeSpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A document that was read: all definitions of a set, with the defaults filled in.
///
/// @param probes by name, none of them paused
/// @param listeners by name
/// @param sources in the order of the document
public record DefinitionDocument(
        Map<String, ProbeSpec> probes,
        Map<String, ListenerSpec> listeners,
        List<SourceSpec> sources) {

    public static final DefinitionDocument EMPTY =
            new DefinitionDocument(Map.of(), Map.of(), List.of());

    public DefinitionDocument {
        probes = Collections.unmodifiableMap(new LinkedHashMap<>(probes));
        sources = List.copyOf(sources);
        listeners = Collections.unmodifiableMap(new LinkedHashMap<>(listeners));
    }
}
