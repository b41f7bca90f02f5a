package dev.sonde.store.embedded;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// The checksum of a definition's row: CRC-32C of its columns' texts, in UTF-8, with `|` between
/// them. True is 1, false is 0, and null is empty.
///
/// SQLite's pages carry no checksums. [#PROBE], [#LISTENER] and [#SOURCE] assemble the same text in
/// SQL, so a start reads only one value for each row.
public final class RowChecksum {

    static final String PROBE =
            """
            cast(id || '|' || name || '|' || target || '|' || interval_nanos || '|' || settings
                || '|' || labels || '|' || paused || '|' || rise || '|' || fall || '|' || version
                || '|' || created_at || '|' || updated_at as blob)""";

    static final String LISTENER =
            """
            cast(name || '|' || definition || '|' || since || '|' || paused || '|'
                || coalesce(address, '') as blob)""";

    static final String SOURCE = "cast(set_name || '|' || sources as blob)";

    private RowChecksum() {}

    public static long of(@Nullable Object... columns) {
        StringBuilder text = new StringBuilder();
        for (Object column : columns) {
            if (!text.isEmpty()) {
                text.append('|');
            }
            text.append(text(column));
        }
        return of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    static long of(byte[] text) {
        return of(text, 0);
    }

    /// Of the bytes from a place on.
    static long of(byte[] text, int from) {
        CRC32C checksum = new CRC32C();
        checksum.update(text, from, text.length - from);
        return checksum.getValue();
    }

    private static Object text(@Nullable Object column) {
        if (column instanceof Boolean isTrue) {
            return isTrue ? 1 : 0;
        }
        return column == null ? "" : column;
    }
}
