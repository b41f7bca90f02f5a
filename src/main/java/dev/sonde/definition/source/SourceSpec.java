package dev.sonde.definition.source;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// One source of a document.
///
/// @param name unique in its set
/// @param refresh time from one reading to the next
/// @param relabel in the order of the document
/// @param template the fields of each probe, defaults included, with labels as `${label}`
public record SourceSpec(
        String name,
        Discovery discovery,
        Duration refresh,
        List<RelabelRule> relabel,
        ObjectNode template,
        WrittenSource written) {

    public SourceSpec {
        relabel = List.copyOf(relabel);
    }
}
