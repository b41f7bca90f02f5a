package dev.sonde.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Another build of the product, which runs in the same rounds as this one.
///
/// Its classes are never mixed with those of this build: the service is started from its jar, and
/// the engine by the [Worker] of its own benchmark.
///
/// @param jar its packaged service
/// @param bench the compiled classes of its own benchmark; absent where only the service is
///     measured
record OtherBuild(Path jar, @Nullable Path bench) {

    /// The file of a worker below the classes of a benchmark.
    private static final String WORKER = Worker.class.getName().replace('.', '/') + ".class";

    OtherBuild {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("--against names no file: " + jar);
        }
        if (bench != null && !Files.isRegularFile(bench.resolve(WORKER))) {
            throw new IllegalArgumentException("--against-bench has no " + WORKER + ": " + bench);
        }
    }

    /// @param bench needs a jar beside it
    static @Nullable OtherBuild of(@Nullable Path jar, @Nullable Path bench) {
        if (jar == null && bench != null) {
            throw new IllegalArgumentException("--against-bench needs --against");
        }
        return jar == null ? null : new OtherBuild(jar, bench);
    }
}
