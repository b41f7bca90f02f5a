package dev.sonde.store.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// The files of the embedded database. Only their owner may read them: SQLite gives `sonde.db-wal`
/// and `sonde.db-shm` the permissions of `sonde.db`.
///
/// @param directory `sonde.data-dir`
record DatabaseFiles(Path directory) {

    private static final Set<PosixFilePermission> FILE =
            PosixFilePermissions.fromString("rw-------");

    DatabaseFiles {
        directory = directory.toAbsolutePath().normalize();
    }

    Path database() {
        return directory.resolve("sonde.db");
    }

    Path log() {
        return directory.resolve("sonde.db-wal");
    }

    Path sharedMemory() {
        return directory.resolve("sonde.db-shm");
    }

    Path ledger() {
        return directory.resolve("sonde.definitions");
    }

    /// The file of the database before this one, H2.
    Path former() {
        return directory.resolve("sonde.mv.db");
    }

    /// A name for a damaged file that is kept.
    Path aside() {
        Path name = directory.resolve("sonde.db.damaged");
        for (int i = 2; Files.exists(name); i++) {
            name = directory.resolve("sonde.db.damaged" + i);
        }
        return name;
    }

    /// Whether commits wait in the log, which is so after a process was killed.
    boolean hasCommitsInLog() {
        return size(log()) > 0;
    }

    /// Makes an empty file where it is missing, and lets nobody else read it.
    static void prepareFile(Path file) throws IOException {
        if (Files.exists(file)) {
            restrict(file, FILE);
        } else {
            Files.createFile(file, attribute(FILE));
        }
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException _) {
            // No file has no bytes.
            return 0;
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> attribute(
            Set<PosixFilePermission> permissions) {
        return PosixFilePermissions.asFileAttribute(permissions);
    }

    /// A volume may belong to somebody else or be read-only: then its permissions stay.
    private static void restrict(Path path, Set<PosixFilePermission> permissions) {
        try {
            PosixFileAttributeView view =
                    Files.getFileAttributeView(path, PosixFileAttributeView.class);
            if (!view.readAttributes().permissions().equals(permissions)) {
                view.setPermissions(permissions);
            }
        } catch (IOException _) {
            // The files can be used all the same.
        }
    }
}
