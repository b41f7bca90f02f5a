package dev.sonde.probe.keeping;

import java.util.List;

/// Definitions that other replicas have changed.
///
/// @param isTooFarBehind nobody knows any more what was changed: all has to be read again
/// @param there as they are now; some may be known already
/// @param gone names of those that are no more
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
