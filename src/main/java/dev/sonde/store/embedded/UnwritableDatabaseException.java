package dev.sonde.store.embedded;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;

/// A reason why the embedded database takes nothing now. Its message is for the user.
public final class UnwritableDatabaseException extends DataAccessResourceFailureException {

    private static final long serialVersionUID = 1L;

    private final boolean diskFull;

    UnwritableDatabaseException(String message, boolean diskFull, @Nullable Throwable cause) {
        super(message, cause);
        this.diskFull = diskFull;
    }

    public boolean isDiskFull() {
        return diskFull;
    }
}
