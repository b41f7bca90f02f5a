package dev.sonde.definition;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The latest reading of the files of definitions.
///
/// @param isSuccessful whether the latest reading was applied
/// @param lastSuccess when one was applied last; absent where none was
/// @param problem with file, line and field; absent where it was applied
public record FileStatus(
        boolean isSuccessful, @Nullable Instant lastSuccess, @Nullable String problem) {}
