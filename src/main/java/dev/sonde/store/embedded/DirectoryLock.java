package dev.sonde.store.embedded;

import dev.sonde.start.StartException;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The lock that keeps a second Sonde out of a data directory. It ends with the process.
///
/// It has a file of its own, since a lock that this process takes on `sonde.db` and lets go would
/// end SQLite's locks on it (POSIX).
final class DirectoryLock implements AutoCloseable {

    private final FileChannel channel;

    private DirectoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /// @throws StartException where another process, or another service in this one, has it
    static DirectoryLock take(DatabaseFiles files) throws IOException {
        Path file = files.lock();
        DatabaseFiles.prepareFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new StartException(
                    "The data directory " + files.directory() + " is in use by another Sonde.",
                    "Stop the other one, or choose another directory with sonde.data-dir.");
        }
        return new DirectoryLock(channel);
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
