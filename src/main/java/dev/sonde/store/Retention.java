package dev.sonde.store;

import dev.sonde.store.bytes.ResultCodec;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Removes what is too old, too much, or of a probe that is no more. One thread at a time.
///
/// Every transaction removes about a thousand rows, so that nobody waits long for a lock.
final class Retention {

    static final int ROWS_AT_ONCE = 1_000;
    private static final int PROBES_AT_ONCE = 500;

    private record Kept(long probe, long rows) {}

    private final Database database;
    private final JdbcClient client;
    private final Clock clock;
    private final Duration longest;
    private final int mostPerProbe;

    Retention(Database database, Clock clock, Duration longest, int mostPerProbe) {
        this.database = database;
        this.client = database.client();
        this.clock = clock;
        this.longest = longest;
        this.mostPerProbe = mostPerProbe;
    }

    void sweep() {
        removeOld();
        Long after = Long.MIN_VALUE;
        while (after != null) {
            List<Long> probes =
                    client.sql(
                                    "select id from probe where id > ? order by id fetch first "
                                            + PROBES_AT_ONCE
                                            + " rows only")
                            .param(after)
                            .query((row, _) -> row.getLong(1))
                            .list();
            boolean isLast = probes.size() < PROBES_AT_ONCE;
            long to = isLast ? Long.MAX_VALUE : probes.getLast();
            removeExcess("result", "id", after, to, new HashSet<>(probes));
            removeExcess("transition", "seq", after, to, new HashSet<>(probes));
            after = isLast ? null : (Long) to;
        }
    }

    private void removeOld() {
        UUID limit = ResultCodec.firstId(clock.instant().minus(longest));
        int removed;
        do {
            UUID upTo =
                    client.sql(
                                    "select id from result where id < ? order by id offset "
                                            + (ROWS_AT_ONCE - 1)
                                            + " rows fetch next 1 rows only")
                            .param(limit)
                            .query(UUID.class)
                            .optional()
                            .orElse(limit);
            removed = client.sql("delete from result where id <= ?").param(upTo).update();
        } while (removed >= ROWS_AT_ONCE);
    }

    /// Looks at the rows of all keys in a range, whose defined ones are given.
    private void removeExcess(String table, String order, long after, long to, Set<Long> defined) {
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
            long excess = excess(probe, defined);
            while (excess > 0) {
                long cut = Math.min(excess, ROWS_AT_ONCE);
                cuts.add(new Object[] {probe.probe(), probe.probe(), cut - 1});
                excess -= cut;
                rows += cut;
                if (rows >= ROWS_AT_ONCE) {
                    removeOldest(table, order, cuts);
                    cuts.clear();
                    rows = 0;
                }
            }
        }
        removeOldest(table, order, cuts);
    }

    /// A tenth more than wanted is put up with, so that not every probe is cut in every sweep.
    private long excess(Kept probe, Set<Long> defined) {
        if (!defined.contains(probe.probe())) {
            return probe.rows();
        }
        long tolerated = (long) mostPerProbe + mostPerProbe / 10;
        return probe.rows() > tolerated ? probe.rows() - mostPerProbe : 0;
    }

    private void removeOldest(String table, String order, List<Object[]> cuts) {
        String delete =
                """
                delete from %1$s where probe_id = ? and %2$s <= (
                    select %2$s from %1$s where probe_id = ? order by probe_id, %2$s
                    offset ? rows fetch next 1 rows only)"""
                        .formatted(table, order);
        database.inTransaction(jdbc -> jdbc.batchUpdate(delete, cuts));
    }
}
