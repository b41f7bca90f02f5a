package dev.sonde.store;

import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Removes what is too old, too much, or of a probe that is no more. One thread at a time.
///
/// Every statement is a transaction of its own over at most a thousand rows, so that nobody waits
/// long for a lock.
final class Retention {

    static final int ROWS_AT_ONCE = 1_000;
    private static final int PROBES_AT_ONCE = 500;

    private record Kept(long probe, long rows) {}

    private final JdbcClient client;
    private final Clock clock;
    private final Duration longest;
    private final int mostPerProbe;

    Retention(Database database, Clock clock, Duration longest, int mostPerProbe) {
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
        for (Kept probe : kept) {
            long most = defined.contains(probe.probe()) ? mostPerProbe : 0;
            long excess = probe.rows() - most;
            while (excess > 0) {
                removeOldest(table, order, probe.probe(), Math.min(excess, ROWS_AT_ONCE));
                excess -= ROWS_AT_ONCE;
            }
        }
    }

    private void removeOldest(String table, String order, long probe, long rows) {
        String newestToGo =
                "select %2$s from %1$s where probe_id = :probe order by probe_id, %2$s offset %3$d"
                        + " rows fetch next 1 rows only";
        client.sql(
                        ("delete from %1$s where probe_id = :probe and %2$s <= ("
                                        + newestToGo
                                        + ")")
                                .formatted(table, order, rows - 1))
                .param("probe", probe)
                .update();
    }
}
