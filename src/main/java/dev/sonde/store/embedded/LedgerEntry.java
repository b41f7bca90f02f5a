package dev.sonde.store.embedded;

/// A definition that was acknowledged.
///
/// @param kind the table that it stands in
/// @param version how often it was changed; 0 where nobody counts
public record LedgerEntry(Kind kind, String name, long version) {

    /// The tables of definitions.
    public enum Kind {
        PROBE("probe"),
        LISTENER("listener");

        private final String table;

        Kind(String table) {
            this.table = table;
        }

        public String table() {
            return table;
        }

        static Kind of(String table) {
            return table.equals(PROBE.table) ? PROBE : LISTENER;
        }
    }

    public LedgerEntry(Kind kind, String name) {
        this(kind, name, 0);
    }
}
