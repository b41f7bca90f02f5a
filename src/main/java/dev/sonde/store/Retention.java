package dev.sonde.store;

import dev.sonde.history.DroppedResults;
import dev.sonde.history.HistoryProperties;
import dev.sonde.history.Tier;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.ResultCodec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Removes rows that are too old, too many, or of a deleted probe. One thread at a time.
///
/// Every transaction removes about a thousand rows, so no thread waits long for a lock.
final class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    private static final int PROBES_AT_ONCE = 500;

    private record Kept(long probe, long rows) {}

    /// The probes of which rows stay.
    private record Kinds(Set<Long> defined, Set<Long> deleted) {

        private boolean holds(long probe) {
            return defined.contains(probe) || deleted.contains(probe);
        }
    }

    /// Age at which a result is removed even if it is in no roll-up.
    private static final Duration WITHOUT_ROLLUP = Duration.ofMinutes(15);

    /// Time for which results of a deleted probe can be read by their ids.
    static final Duration AFTER_DELETION = Duration.ofHours(1);

    private final Database database;
    private final JdbcClient client;
    private final Clock clock;
    private final Limits limits;
    private final DroppedResults dropped;

    /// The limits of retention.
    ///
    /// @param results age at which a result is removed
    /// @param perProbe results, and changes of state, of each probe
    /// @param history incidents and roll-ups
    /// @param maxBytes of the whole; no bound when absent
    record Limits(
            Duration results, int perProbe, HistoryProperties history, @Nullable Long maxBytes) {}

    Retention(Database database, Clock clock, Limits limits, DroppedResults dropped) {
        this.dropped = dropped;
        this.database = database;
        this.client = database.client();
        this.clock = clock;
        this.limits = limits;
    }

    void sweep() {
        removeOld();
        Set<Long> deleted = justDeleted();
        IncidentTables.removeEnded(database, clock.instant().minus(limits.history().incidents()));
        removeOldRollups();
        SqlPresentedHistory.removeOlder(
                database, clock.instant().minus(limits.history().certificates()));
        Object unsafe = firstWithoutRollup();
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
            removeExcess("result", after, to, kinds, unsafe);
            removeExcess("transition", after, to, kinds, last());
            after = isLast ? null : (Long) to;
        }
        removeBeyondSize();
    }

    /// Removes a twentieth more than is needed, so that not every sweep has to remove something.
    private void removeBeyondSize() {
        Long most = limits.maxBytes();
        if (most == null || database.dialect().usedBytes(database) <= most) {
            return;
        }
        long goal = most - most / 20;
        long removed = 0;
        long part;
        do {
            part = database.dialect().removeOldest(database);
            removed += part;
        } while (part > 0 && database.dialect().usedBytes(database) > goal);
        dropped.add(removed);
        log.atWarn()
                .addKeyValue("removed", removed)
                .addKeyValue("bytes", database.dialect().usedBytes(database))
                .addKeyValue("most", most)
                .log("the oldest results were removed, sonde.results.max-size is reached");
    }

    private void removeOldRollups() {
        Instant now = clock.instant();
        database.inTransaction(
                jdbc -> {
                    for (Tier tier : Tier.values()) {
                        jdbc.update(
                                "delete from rollup where tier = ? and start < ?",
                                tier.number(),
                                tier.row(tier.keptSince(now, limits.history())));
                    }
                });
    }

    /// Removes old rows by their ids. An id is never behind its clock. If it was ahead, the row has
    /// its time.
    private void removeOld() {
        Instant limit = clock.instant().minus(limits.results());
        database.dialect().removeOlder(database, limit);
        database.inTransaction(
                jdbc -> jdbc.update("delete from result where started_at < ?", Micros.of(limit)));
    }

    /// The probes that were deleted lately. An hour after the first sweep that finds one it is
    /// forgotten.
    private Set<Long> justDeleted() {
        Instant now = clock.instant();
        database.inTransaction(
                jdbc -> {
                    jdbc.update("update deleted_probe set at = ? where at is null", Micros.of(now));
                    jdbc.update(
                            "delete from deleted_probe where at <= ?",
                            Micros.of(now.minus(AFTER_DELETION)));
                });
        return new HashSet<>(client.sql("select id from deleted_probe").query(Long.class).list());
    }

    /// The key of the first result that may be in no roll-up yet.
    private Object firstWithoutRollup() {
        Instant latest = clock.instant().minus(WITHOUT_ROLLUP);
        Instant first =
                client.sql("select min(upto) from rollup_mark where part >= 0")
                        .query((row, _) -> Instant.ofEpochSecond(row.getLong(1)))
                        .single();
        return database.dialect().key(ResultCodec.firstId(first.isBefore(latest) ? latest : first));
    }

    private Object last() {
        return database.dialect().key(new UUID(Long.MAX_VALUE, -1));
    }

    /// Looks at the rows of all keys in a range, whose defined ones are given.
    ///
    /// @param before the first key that stays in any case, of a defined one
    private void removeExcess(String table, long after, long to, Kinds kinds, Object before) {
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
        long tolerated = (long) limits.perProbe() + limits.perProbe() / 10;
        return probe.rows() > tolerated ? probe.rows() - limits.perProbe() : 0;
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
