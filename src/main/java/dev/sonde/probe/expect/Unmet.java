package dev.sonde.probe.expect;

import org.jspecify.annotations.Nullable;

/// A condition that a run missed.
///
/// @param condition its name
/// @param expected as a person wrote it
/// @param found absent where the run did not measure it
public record Unmet(String condition, String expected, @Nullable String found) {}
