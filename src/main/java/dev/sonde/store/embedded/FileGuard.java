package dev.sonde.store.embedded;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/// The conditions of a write to the file. Safe for any thread.
public final class FileGuard {

    private static final long MEBI = 1_048_576;

    private final Path file;
    private final long reserveBytes;

    /// The identity of the file that is open; absent before it was opened. Set when a connection
    /// opens it, read by writers.
    private volatile @Nullable Object openFile;

    /// Damage of the file; absent without any. Set by its finder.
    private volatile @Nullable String damage;

    /// The disk of the file's directory. The search for it reads all mounts of the host, so it is
    /// kept. Its free space is asked anew each time.
    private volatile @Nullable FileStore disk;

    FileGuard(Path file, long reserveBytes) {
        this.file = file;
        this.reserveBytes = reserveBytes;
    }

    /// Refuses a write to a file that is not whole.
    ///
    /// @throws UnwritableDatabaseException where the file is damaged, or is no longer in its place
    public void requireIntact() {
        String found = damage;
        if (found != null) {
            throw new UnwritableDatabaseException(
                    "the database "
                            + file
                            + " is damaged ("
                            + found
                            + "): nothing is written to it; restart to see which definitions are affected",
                    false,
                    null);
        }
        Object opened = openFile;
        if (opened != null && !opened.equals(identity())) {
            throw new UnwritableDatabaseException(
                    "the database "
                            + file
                            + " was removed or replaced while it was in use: put the file back, or restart",
                    false,
                    null);
        }
    }

    /// Refuses a write to a disk that is full.
    ///
    /// @throws UnwritableDatabaseException where less than the reserve is free
    public void requireRoom() {
        long usableBytes = usableBytes();
        if (usableBytes < reserveBytes) {
            throw new UnwritableDatabaseException(
                    "the disk is full: %d MiB are free, and %d are kept free (sonde.results.disk-reserve)"
                            .formatted(usableBytes / MEBI, reserveBytes / MEBI),
                    true,
                    null);
        }
    }

    boolean isDiskFull() {
        return usableBytes() < Math.max(reserveBytes, MEBI);
    }

    Path file() {
        return file;
    }

    void opened() {
        openFile = identity();
    }

    void damaged(@Nullable String found) {
        damage = found;
    }

    boolean isDamaged() {
        return damage != null;
    }

    private @Nullable Object identity() {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException _) {
            // A file that is not there has no identity.
            return null;
        }
    }

    private long usableBytes() {
        try {
            FileStore known = disk;
            if (known == null) {
                known = Files.getFileStore(file.toAbsolutePath().getParent());
                disk = known;
            }
            return known.getUsableSpace();
        } catch (IOException e) {
            throw new UnwritableDatabaseException(
                    "the free space of the disk cannot be read: " + e.getMessage(), false, e);
        }
    }
}
