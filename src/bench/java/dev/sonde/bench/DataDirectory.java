package dev.sonde.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/// A directory for a service's data that goes when it is closed.
record DataDirectory(Path path) implements AutoCloseable {

    static DataDirectory create() throws IOException {
        return new DataDirectory(Files.createTempDirectory("sonde-bench"));
    }

    @Override
    public void close() {
        FileSystemUtils.deleteRecursively(path.toFile());
    }
}
