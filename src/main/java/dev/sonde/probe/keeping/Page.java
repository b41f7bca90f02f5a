package dev.sonde.probe.keeping;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A part of a list and where the next one begins.
///
/// @param next the cursor to ask with for what follows; absent on the last page
public record Page<T>(List<T> items, @Nullable String next) {

    public Page {
        items = List.copyOf(items);
    }

    public static <T> Page<T> empty() {
        return new Page<>(List.of(), null);
    }
}
