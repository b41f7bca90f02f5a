package dev.sonde.store.embedded;

import dev.sonde.start.StartException;
import org.sqlite.SQLiteJDBCLoader;

/// SQLite's native library, which the driver unpacks into a directory for temporary files.
final class NativeLibrary {

    private NativeLibrary() {}

    /// Loads it once in a process.
    ///
    /// @throws StartException where it cannot be unpacked or loaded. Nothing is said about the
    ///     database then.
    static void load() {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new StartException(
                    "SQLite's native library cannot be loaded: "
                            + e.getMessage()
                            + ". The directory for temporary files is "
                            + System.getProperty(
                                    "org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"))
                            + ".",
                    "Name a directory without `noexec` that can be written to with"
                            + " -Dorg.sqlite.tmpdir. Or name the directory of"
                            + " libsqlitejdbc.so with -Dorg.sqlite.lib.path.",
                    e);
        }
    }
}
