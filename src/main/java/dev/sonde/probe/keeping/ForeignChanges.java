package dev.sonde.probe.keeping;

import java.util.List;

/// Definitions that other replicas have changed.
///
/// @param isTooFarBehind whether the list of changes is lost, so all definitions have to be read
///     again
/// @param there present definitions; some may be known already
/// @param gone names of deleted definitions
public record ForeignChanges(boolean isTooFarBehind, List<StoredProbe> there, List<String> gone) {

    public static final ForeignChanges NONE = new ForeignChanges(false, List.of(), List.of());
    public static final ForeignChanges UNKNOWN = new ForeignChanges(true, List.of(), List.of());

    public ForeignChanges {
        there = List.copyOf(there);
        gone = List.copyOf(gone);
    }

    public boolean isEmpty() {
        return !isTooFarBehind && there.isEmpty() && gone.isEmpty();
    }
}
