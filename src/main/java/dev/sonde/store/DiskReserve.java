package dev.sonde.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.dao.DataAccessResourceFailureException;

/// Room on the embedded database's disk that is left free. Safe for any thread.
///
/// H2 closes a database of which it could not write a page, and needs room itself to put its file
/// in order: it is better not to get there.
///
/// @param bytes 0 for none
record DiskReserve(Path directory, long bytes) {

    private static final long MEBI = 1_048_576;

    /// @throws DataAccessResourceFailureException when there is less room than that
    void requireRoom() {
        long usableBytes = usableBytes();
        if (usableBytes < bytes) {
            throw new DataAccessResourceFailureException(
                    "the disk is full: %d MiB are free, and %d are kept free (sonde.results.disk-reserve)"
                            .formatted(usableBytes / MEBI, bytes / MEBI));
        }
    }

    private long usableBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new DataAccessResourceFailureException("the disk's room is not told", e);
        }
    }
}
