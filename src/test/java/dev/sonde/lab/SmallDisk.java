package dev.sonde.lab;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file system of a few megabytes, in memory, that can be filled to its last byte. Needs root.
public final class SmallDisk implements AutoCloseable {

    private static final int PAGE_BYTES = 4_096;

    private final Path directory;
    private final Path ballast;

    private SmallDisk(Path directory) {
        this.directory = directory;
        this.ballast = directory.resolve("ballast");
    }

    /// Mounts it over a directory.
    public static SmallDisk mount(Path directory, int mebibytes) throws IOException {
        Command.run(
                List.of(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + mebibytes + "m",
                        "sonde-test",
                        directory.toString()),
                "");
        return new SmallDisk(directory);
    }

    /// Takes what is free.
    public void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(ballast)) {
            while (Files.getFileStore(directory).getUsableSpace() > 0) {
                out.write(new byte[PAGE_BYTES]);
            }
        }
    }

    /// Gives back what [#fill] took.
    public void free() throws IOException {
        Files.delete(ballast);
    }

    /// Makes it a file system that takes no change, or one that does again. No file of it may be
    /// open for writing.
    public void makeReadOnly(boolean isReadOnly) throws IOException {
        String mode = isReadOnly ? "ro" : "rw";
        Command.run(List.of("mount", "-o", "remount," + mode, directory.toString()), "");
    }

    /// Unmounts it, also where a file is still open.
    @Override
    public void close() throws IOException {
        Command.run(List.of("umount", "-l", directory.toString()), "");
    }
}
