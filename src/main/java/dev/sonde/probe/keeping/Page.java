package dev.sonde.probe.keeping;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A part of a list and where the next one begins.
///
/// @param next the cursor of the next page; absent on the last one
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    /// The page of a list of which one item more than the page holds was read.
    ///
    /// @param found at most `limit + 1` items, in their order
    /// @param cursor the place of an item, after which the next page begins
    public static <T> Page<T> of(List<T> found, int limit, Function<T, String> cursor) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, cursor.apply(items.getLast()));
    }

    public static <T> Page<T> empty() {
        return new Page<>(List.of(), null);
    }
}
