package dev.sonde.store;

import java.nio.file.Path;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/// H2 in a file below the data directory.
///
/// `WRITE_DELAY=0`: what is committed has been given to the operating system, so it survives the
/// death of the process. The pool closes the database, not a hook that might come first.
record EmbeddedDatabase(Path dataDirectory) implements JdbcConnectionDetails {

    @Override
    public String getJdbcUrl() {
        return "jdbc:h2:file:"
                + dataDirectory.toAbsolutePath().normalize().resolve("sonde")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    }

    @Override
    public String getUsername() {
        return "sa";
    }

    @Override
    public String getPassword() {
        return "";
    }
}
