package dev.sonde.definition.source;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The files that the sources of one document may name.
public sealed interface FileAccess {

    /// Files of a document that is a file itself: any.
    ///
    /// @param directory of the document, in which relative paths begin
    record Mounted(Path directory) implements FileAccess {}

    /// Files of a document in a request: lists of targets by absolute paths, and no secrets.
    ///
    /// @param roots directories that hold the files, from `sonde.definitions.source-dirs`; any
    ///     where absent
    record Sent(@Nullable List<Path> roots) implements FileAccess {

        public Sent {
            roots = roots == null ? null : List.copyOf(roots);
        }
    }
}
