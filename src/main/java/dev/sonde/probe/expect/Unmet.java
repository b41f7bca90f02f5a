package dev.sonde.probe.expect;

import org.jspecify.annotations.Nullable;

/// A condition that a run missed.
///
/// @param condition its name
/// @param expected as a person wrote it
/// @param found absent where the run did not measure it
public record Unmet(String condition, String expected, @Nullable String found) {

    /// A clause such as `rtt is 31ms, expected <20ms`.
    String words() {
        return "%s is %s, expected %s"
                .formatted(condition, found == null ? "not measured" : found, expected);
    }
}
