package dev.sonde.store.bytes;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Instants as microseconds since 1970.
public final class Micros {

    private Micros() {}

    /// The microseconds of this instant.
    public static long of(Instant at) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, at);
    }

    /// The microseconds of this instant; null for null.
    public static @Nullable Long ofNullable(@Nullable Instant at) {
        return at == null ? null : (Long) of(at);
    }

    /// The instant of a column.
    public static Instant instant(ResultSet row, String column) throws SQLException {
        return instant(row.getLong(column));
    }

    /// The instant of a column; null for NULL.
    public static @Nullable Instant nullable(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : instant(micros);
    }

    /// The instant of a number of microseconds.
    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
