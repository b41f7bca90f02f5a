package dev.sonde.store;

import dev.sonde.history.DroppedResults;
import dev.sonde.history.HistoryProperties;
import dev.sonde.history.Tier;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.ResultCodec;
import dev.sonde.store.incident.KeptResults;
import dev.sonde.store.presented.SqlPresentedHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Removes rows that are too old, too many, or of a deleted probe. One thread at a time.
///
/// Every transaction removes about a thousand rows, so no thread waits long for a lock.
final class Retention {

    private static final Logger log = LoggerFactory.getLogger(Retention.class);

    /// Age at which a result is removed even if it is in no roll-up.
    private static final Duration WITHOUT_ROLLUP = Duration.ofMinutes(15);

    /// Time for which results of a deleted probe can be read by their ids.
    static final Duration AFTER_DELETION = Duration.ofHours(1);

    private final Database database;
    private final JdbcClient client;
    private final Clock clock;
    private final Limits limits;
    private final DroppedResults dropped;
    private final ExcessRows excess;

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
        this.excess = new ExcessRows(database, limits.perProbe());
    }

    void sweep() {
        removeOld();
        Set<Long> deleted = justDeleted();
        removeOldIncidents();
        removeOldRollups();
        SqlPresentedHistory.removeOlder(
                database, clock.instant().minus(limits.history().certificates()));
        excess.remove(firstWithoutRollup(), deleted);
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

    /// Removes incidents that ended earlier, and all of probes that are no more. Of a probe that
    /// was
    /// just deleted they stay, because they keep results.
    private void removeOldIncidents() {
        Instant limit = clock.instant().minus(limits.history().incidents());
        database.inTransaction(
                jdbc -> {
                    jdbc.update("delete from incident where to_at < ?", Micros.of(limit));
                    jdbc.update(
                            "delete from incident where probe_id not in (select id from probe)"
                                    + " and probe_id not in (select id from deleted_probe)");
                    KeptResults.removeOrphans(jdbc);
                });
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
}
