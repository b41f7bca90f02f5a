package dev.sonde.definition.keeping;

import org.jspecify.annotations.Nullable;

/// The sources of one set.
///
/// @param json a list, each source as a person wrote it, with defaults and secrets; absent where
///     the row is damaged
public record StoredSources(String set, @Nullable String json) {

    /// It shows nothing of the secrets.
    @Override
    public String toString() {
        return "sources of " + set;
    }
}
