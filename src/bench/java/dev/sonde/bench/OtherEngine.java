package dev.sonde.bench;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/// The engine of another build: its jar is unpacked into a directory of its own, and the classes of
/// its benchmark are put before it on the class path.
///
/// @param classPath of a process that runs the other build's [Worker]
/// @param unpacked ends with it
record OtherEngine(String classPath, DataDirectory unpacked) implements AutoCloseable {

    private static final String PREFIX = "BOOT-INF/";

    /// Absent where no other build is given, or none of its benchmark's classes.
    static @Nullable OtherEngine of(Options options) throws IOException {
        OtherBuild build = options.against();
        Path bench = build == null ? null : build.bench();
        if (build == null || bench == null) {
            return null;
        }
        DataDirectory unpacked = DataDirectory.create();
        try {
            unpack(build.jar(), unpacked.path());
        } catch (IOException e) {
            unpacked.close();
            throw e;
        }
        Path inside = unpacked.path().resolve(PREFIX);
        String classPath =
                String.join(
                        File.pathSeparator,
                        bench.toString(),
                        inside.resolve("classes").toString(),
                        inside.resolve("lib") + "/*");
        return new OtherEngine(classPath, unpacked);
    }

    private static void unpack(Path jar, Path into) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(file.entries())) {
                Path target = into.resolve(entry.getName()).normalize();
                if (!entry.isDirectory() && target.startsWith(into.resolve(PREFIX))) {
                    Files.createDirectories(target.getParent());
                    try (InputStream content = file.getInputStream(entry)) {
                        Files.copy(content, target);
                    }
                }
            }
        }
    }

    @Override
    public void close() {
        unpacked.close();
    }
}
