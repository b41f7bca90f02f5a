package dev.sonde.store.embedded;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.jdbc.support.SQLStateSQLExceptionTranslator;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// SQLite's result codes as Spring's exceptions. After a failure of the file all connections are
/// opened anew. A mended file is therefore used without a restart. Safe for any thread.
final class SqliteFailures implements SQLExceptionTranslator {

    private final SQLExceptionTranslator others = new SQLStateSQLExceptionTranslator();
    private final FileGuard guard;
    private final Runnable openAnew;
    private final Runnable check;

    /// @param openAnew lets go of all connections
    /// @param check asks for the file to be checked
    SqliteFailures(FileGuard guard, Runnable openAnew, Runnable check) {
        this.guard = guard;
        this.openAnew = openAnew;
        this.check = check;
    }

    /// Whether the code means damage: `SQLITE_CORRUPT` or `SQLITE_NOTADB`.
    static boolean isDamage(SQLException failure) {
        return failure instanceof SQLiteException
                && (failure.getErrorCode() == 11 || failure.getErrorCode() == 26);
    }

    @Override
    public @Nullable DataAccessException translate(
            String task, @Nullable String sql, SQLException failure) {
        if (!(failure instanceof SQLiteException sqlite)) {
            return others.translate(task, sql, failure);
        }
        String message = guard.file() + ": " + failure.getMessage();
        return switch (failure.getErrorCode()) {
            case 5, 6 ->
                    new CannotAcquireLockException(
                            "another process has locked the database " + guard.file(), failure);
            case 8, 10, 14 -> ofFile(message, failure);
            case 11, 26 -> ofDamage(message, failure);
            case 13 -> new UnwritableDatabaseException("the disk is full", true, failure);
            case 19 -> ofConstraint(message, sqlite);
            default -> others.translate(task, sql, failure);
        };
    }

    /// The exception for `SQLITE_READONLY`, `SQLITE_IOERR` and `SQLITE_CANTOPEN`.
    private DataAccessException ofFile(String message, SQLException failure) {
        openAnew.run();
        boolean isFull = guard.isDiskFull();
        return new UnwritableDatabaseException(
                isFull ? "the disk is full (" + message + ")" : message, isFull, failure);
    }

    private DataAccessException ofDamage(String message, SQLException failure) {
        guard.damaged(String.valueOf(failure.getMessage()));
        openAnew.run();
        check.run();
        return new UnwritableDatabaseException(message, false, failure);
    }

    private static DataAccessException ofConstraint(String message, SQLiteException failure) {
        SQLiteErrorCode code = failure.getResultCode();
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT_PRIMARYKEY
                        || code == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE
                        || code == SQLiteErrorCode.SQLITE_CONSTRAINT_ROWID
                ? new DuplicateKeyException(message, failure)
                : new DataIntegrityViolationException(message, failure);
    }
}
