package dev.sonde.store.embedded;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A definition that was acknowledged.
///
/// @param kind the table that it stands in
/// @param version how often it was changed; 0 where nobody counts
public record LedgerEntry(Kind kind, String name, long version) {

    /// The tables of definitions.
    public enum Kind {
        PROBE("probe", "probe", "name", RowChecksum.PROBE),
        LISTENER("listener", "listener", "name", RowChecksum.LISTENER),

        /// The sources of one set. Databases of earlier versions count them nowhere.
        SOURCE("source", "set_source", "set_name", RowChecksum.SOURCE);

        private static final List<Kind> ALL = List.of(values());

        private final String word;
        private final String table;
        private final String nameColumn;
        private final String text;

        Kind(String word, String table, String nameColumn, String text) {
            this.word = word;
            this.table = table;
            this.nameColumn = nameColumn;
            this.text = text;
        }

        /// Its word in the ledger, in the tally and in messages.
        String word() {
            return word;
        }

        String table() {
            return table;
        }

        /// The column that has the name.
        String nameColumn() {
            return nameColumn;
        }

        /// The column in whose order the rows lie in the file.
        String order() {
            return this == SOURCE ? nameColumn : "rowid";
        }

        /// The text of a row's checksum, in SQL.
        String text() {
            return text;
        }

        /// Absent for a word of a later version.
        static @Nullable Kind of(String word) {
            for (Kind kind : ALL) {
                if (kind.word.equals(word)) {
                    return kind;
                }
            }
            return null;
        }
    }

    public LedgerEntry(Kind kind, String name) {
        this(kind, name, 0);
    }
}
