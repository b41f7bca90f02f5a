package dev.sonde.definition.catalog;

/// A set and the numbers of what it owns.
public record SetSummary(String name, int probes, int listeners) {

    SetSummary plus(int moreProbes, int moreListeners) {
        return new SetSummary(name, probes + moreProbes, listeners + moreListeners);
    }
}
