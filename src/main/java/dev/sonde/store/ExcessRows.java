package dev.sonde.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Results and transitions beyond the limit of their probe, and all those of probes that are no
/// more. For one thread at a time.
final class ExcessRows {

    private static final int PROBES_AT_ONCE = 500;

    private record Kept(long probe, long rows) {}

    /// The probes of which rows stay.
    private record Kinds(Set<Long> defined, Set<Long> deleted) {

        private boolean holds(long probe) {
            return defined.contains(probe) || deleted.contains(probe);
        }
    }

    private final Database database;
    private final JdbcClient client;
    private final int perProbe;

    ExcessRows(Database database, int perProbe) {
        this.database = database;
        this.client = database.client();
        this.perProbe = perProbe;
    }

    /// Removes the excess.
    ///
    /// @param unsafe the first result that stays in any case, of a defined probe
    /// @param deleted probes that were just deleted
    void remove(Object unsafe, Set<Long> deleted) {
        Long after = Long.MIN_VALUE;
        while (after != null) {
            List<Long> probes =
                    client.sql(
                                    "select id from probe where id > ? order by id limit "
                                            + PROBES_AT_ONCE)
                            .param(after)
                            .query((row, _) -> row.getLong(1))
                            .list();
            boolean isLast = probes.size() < PROBES_AT_ONCE;
            long to = isLast ? Long.MAX_VALUE : probes.getLast();
            Kinds kinds = new Kinds(new HashSet<>(probes), deleted);
            remove("result", after, to, kinds, unsafe);
            remove("transition", after, to, kinds, last());
            after = isLast ? null : (Long) to;
        }
    }

    private Object last() {
        return database.dialect().key(new UUID(Long.MAX_VALUE, -1));
    }

    /// Looks at the rows of all keys in a range, whose defined ones are given.
    ///
    /// @param before the first key that stays in any case, of a defined one
    private void remove(String table, long after, long to, Kinds kinds, Object before) {
        List<Kept> kept =
                client.sql(
                                "select probe_id, count(*) from "
                                        + table
                                        + " where probe_id > ? and probe_id <= ? group by probe_id")
                        .param(after)
                        .param(to)
                        .query((row, _) -> new Kept(row.getLong(1), row.getLong(2)))
                        .list();
        List<Object[]> cuts = new ArrayList<>();
        long rows = 0;
        for (Kept probe : kept) {
            long excess = excess(probe, kinds);
            while (excess > 0) {
                long cut = Math.min(excess, Dialect.ROWS_AT_ONCE);
                Object first = kinds.defined().contains(probe.probe()) ? before : last();
                cuts.add(new Object[] {probe.probe(), probe.probe(), cut - 1, first});
                excess -= cut;
                rows += cut;
                if (rows >= Dialect.ROWS_AT_ONCE) {
                    removeOldest(table, cuts);
                    cuts.clear();
                    rows = 0;
                }
            }
        }
        removeOldest(table, cuts);
    }

    /// The rows of a probe to remove. A tenth more than the limit is tolerated, so that not every
    /// sweep changes every probe.
    private long excess(Kept probe, Kinds kinds) {
        if (!kinds.holds(probe.probe())) {
            return probe.rows();
        }
        long tolerated = (long) perProbe + perProbe / 10;
        return probe.rows() > tolerated ? probe.rows() - perProbe : 0;
    }

    private void removeOldest(String table, List<Object[]> cuts) {
        String delete =
                """
                delete from %1$s where probe_id = ? and id <= (
                    select id from %1$s where probe_id = ? order by id limit 1 offset ?)
                    and id < ?"""
                        .formatted(table);
        database.inTransaction(jdbc -> jdbc.batchUpdate(delete, cuts));
    }
}
