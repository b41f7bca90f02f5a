package dev.sonde.store.embedded;

import java.nio.charset.StandardCharsets;

/// A row of a definition as the check at the start reads it.
///
/// @param checksum of the row
/// @param isIntact whether the checksum is that of its text
record CheckedRow(String name, long version, long checksum, boolean isIntact) {

    /// One value for each row: `checksum version length name` and the text, with the length of the
    /// name in bytes. Each value that is asked for by itself costs a start more than its check.
    /// A column that is null, as in a damaged row, makes the text empty.
    static String query(LedgerEntry.Kind kind, String version) {
        return """
                select cast(cast(coalesce(checksum, 0) as integer) || ' '
                    || cast(coalesce(%2$s, 0) as integer) || ' '
                    || octet_length(coalesce(%1$s, '')) || ' ' || coalesce(%1$s, '')
                    || coalesce(%3$s, '') as blob) from %4$s"""
                .formatted(kind.nameColumn(), version, kind.text(), kind.table());
    }

    static CheckedRow of(byte[] row) {
        int checksumEnd = next(row, 0);
        int versionEnd = next(row, checksumEnd + 1);
        int nameStart = next(row, versionEnd + 1) + 1;
        long checksum = number(row, 0, checksumEnd);
        int textStart = nameStart + (int) number(row, versionEnd + 1, nameStart - 1);
        return new CheckedRow(
                new String(row, nameStart, textStart - nameStart, StandardCharsets.UTF_8),
                number(row, checksumEnd + 1, versionEnd),
                checksum,
                textStart < row.length && RowChecksum.of(row, textStart) == checksum);
    }

    private static int next(byte[] row, int from) {
        int at = from;
        while (row[at] != ' ') {
            at++;
        }
        return at;
    }

    private static long number(byte[] row, int from, int end) {
        boolean isNegative = row[from] == '-';
        long number = 0;
        for (int i = isNegative ? from + 1 : from; i < end; i++) {
            number = 10 * number + row[i] - '0';
        }
        return isNegative ? -number : number;
    }
}
