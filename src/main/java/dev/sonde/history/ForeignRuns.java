package dev.sonde.history;

import java.util.List;
import java.util.Map;

/// The runs of some probes that other replicas have only in memory.
///
/// @param parts of the replicas that answered
/// @param missing the names of those that did not
public record ForeignRuns(List<Part> parts, List<String> missing) {

    /// The runs of other replicas in a single process: none.
    public static final ForeignRuns NONE = new ForeignRuns(List.of(), List.of());

    /// The runs that one replica has.
    ///
    /// @param probes by name
    public record Part(String replica, Map<String, Held> probes) {}
}
