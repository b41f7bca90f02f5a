package dev.sonde.definition;

import java.util.List;
import java.util.stream.Stream;

/// The difference between a set before and after a document.
///
/// @param created names
/// @param changed with the fields that differ
/// @param deleted names
/// @param unchanged how many stay as they are
public record SetResult(
        List<String> created, List<Changed> changed, List<String> deleted, int unchanged) {

    /// Nothing is different, and nothing was compared.
    public static final SetResult NONE = new SetResult(List.of(), List.of(), List.of(), 0);

    /// The same with more that is deleted.
    SetResult alsoDeleted(List<String> names) {
        return new SetResult(
                created,
                changed,
                Stream.concat(deleted.stream(), names.stream()).toList(),
                unchanged);
    }

    /// The same with the changes of another part of the set.
    SetResult plus(SetResult part) {
        return new SetResult(
                Stream.concat(created.stream(), part.created.stream()).toList(),
                Stream.concat(changed.stream(), part.changed.stream()).toList(),
                Stream.concat(deleted.stream(), part.deleted.stream()).toList(),
                unchanged + part.unchanged);
    }

    /// One definition that is replaced.
    ///
    /// @param fields paths in the definition, such as `settings.timeout`
    public record Changed(String name, List<String> fields) {}
}
