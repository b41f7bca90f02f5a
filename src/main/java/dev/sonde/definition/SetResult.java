package dev.sonde.definition;

import java.util.List;

/// The difference between a set before and after a document.
///
/// @param created names
/// @param changed with the fields that differ
/// @param deleted names
/// @param unchanged how many stay as they are
public record SetResult(
        List<String> created, List<Changed> changed, List<String> deleted, int unchanged) {

    /// One definition that is replaced.
    ///
    /// @param fields paths in the definition, such as `settings.timeout`
    public record Changed(String name, List<String> fields) {}
}
