package dev.sonde.start;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// The folder for this process's own files: definitions, results, keys and certificates. Only the
/// service's user reads it. Safe for any thread.
public final class DataDirectory implements AutoCloseable {

    private static final String LOCK = "sonde.lock";

    private final Path path;
    private final FileChannel lock;

    private DataDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /// Creates the folder if it does not exist, and locks it for this process.
    ///
    /// @throws StartException where it cannot be used, with the reason
    public static DataDirectory take(Path path) {
        Path folder = path.toAbsolutePath().normalize();
        try {
            makeFolder(folder);
            requireRights(folder);
            return new DataDirectory(folder, lock(folder));
        } catch (IOException e) {
            throw new StartException(
                    "sonde.data-dir=%s cannot be used: %s.".formatted(folder, FileProblem.of(e)),
                    "Set sonde.data-dir to a folder that the user of this process may write to.",
                    e);
        }
    }

    public Path path() {
        return path;
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            closeToOthers(folder);
            return;
        }
        for (Path above = folder; above != null; above = above.getParent()) {
            if (Files.exists(above) && !Files.isDirectory(above)) {
                throw new StartException(
                        "sonde.data-dir=%s: %s is a file, not a folder.".formatted(folder, above),
                        "Set sonde.data-dir to a folder, or move that file away.");
            }
        }
        Files.createDirectories(folder, OwnerPermissions.ofDirectory());
    }

    /// A folder that holds other files as well, such as `/tmp`, keeps its permissions.
    private static void closeToOthers(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        } catch (AccessDeniedException _) {
            return; // the check of permissions reports it
        }
        if (!OwnerPermissions.isPosix() || !files.stream().allMatch(DataDirectory::isOwn)) {
            return;
        }
        try {
            Files.setPosixFilePermissions(
                    folder, PosixFilePermissions.fromString(OwnerPermissions.DIRECTORY));
            for (Path file : files) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(OwnerPermissions.FILE));
                }
            }
        } catch (IOException _) {
            // A volume may belong to another user; only that user may change its permissions.
        }
    }

    private static boolean isOwn(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith("sonde.") || name.equals("authority") || name.equals("lost+found");
    }

    /// A file that belongs to somebody else would stop the service later.
    private static void requireRights(Path folder) throws IOException {
        List<Path> shut = new ArrayList<>();
        if (!Files.isWritable(folder) || !Files.isExecutable(folder)) {
            shut.add(folder);
        }
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> !Files.isReadable(file) || !Files.isWritable(file))
                    .forEach(shut::add);
        }
        if (!shut.isEmpty()) {
            throw new StartException(
                    "The user of this process (%s) may not read and write %s."
                            .formatted(System.getProperty("user.name"), shut.getFirst()),
                    "Give it to this user (chown), or set sonde.data-dir to another folder.");
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        folder.resolve(LOCK),
                        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                        OwnerPermissions.ofFile());
        if (!tryLock(channel)) {
            channel.close();
            throw new StartException(
                    "sonde.data-dir=%s is in use by another process of this service."
                            .formatted(folder),
                    "Stop that process, or set sonde.data-dir to another folder.");
        }
        return channel;
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            return false; // another service in this very process
        }
    }

    /// Unlocks the folder.
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
