package dev.sonde.definition.keeping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The store of the sources that documents over HTTP have. Safe for any thread; every method may
/// block.
public interface SourceStore {

    /// One element for each set with sources.
    List<StoredSources> all();

    /// Replaces the sources of a set.
    ///
    /// @param json as [StoredSources#json]; the set has no sources where absent
    void put(String set, @Nullable String json);
}
