package dev.sonde.store;

import dev.sonde.history.RunRecorder;
import dev.sonde.history.Totals;
import dev.sonde.store.buffer.WaitingResult;
import dev.sonde.store.incident.UnwatchedTime;
import dev.sonde.store.rollup.FlushRound;
import dev.sonde.store.rollup.RawRuns;
import dev.sonde.store.rollup.RollupBackfill;
import dev.sonde.store.rollup.RollupMarks;
import dev.sonde.store.rollup.RollupRows;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/// Roll-ups on their way into SQL, and after a crash out of the raw results. Owned by the thread
/// that writes; readers take [#lock].
///
/// Every ten minutes, complete minutes are added to the rows of all tiers, one group of probes
/// after the other. A group's mark is the end of its runs in the rows. A start continues with the
/// raw results from there.
final class Rollups {

    private static final Logger log = LoggerFactory.getLogger(Rollups.class);

    private static final long AGAIN_MILLIS = 5_000;
    private static final UUID NONE = new UUID(0, 0);

    private final Database database;
    private final RollupRows rows;
    private final RollupMarks kept;
    private final RunRecorder recorder;
    private final Clock clock;
    private final RawRuns raw;

    /// Held while runs move from memory to the database, and while both are read.
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /// The end of each group's runs in the rows, seconds since 1970.
    private long[] marks = new long[RunRecorder.GROUPS];

    /// Of a start after a crash; null before the first batch.
    private @Nullable RollupBackfill backfill;

    private final FlushRound round;

    /// @param replica the name of this one; absent for a single process
    Rollups(Database database, RunRecorder recorder, @Nullable String replica, Clock clock) {
        this.database = database;
        this.rows = new RollupRows(replica == null ? "" : replica);
        this.kept = new RollupMarks(rows.replica(), RunRecorder.GROUPS);
        this.recorder = recorder;
        this.clock = clock;
        this.raw = new RawRuns(database, replica);
        this.round = new FlushRound(clock);
    }

    ReentrantReadWriteLock lock() {
        return lock;
    }

    /// Called before each batch is written.
    void begin() {
        var _ = backfill();
    }

    private RollupBackfill backfill() {
        RollupBackfill known = backfill;
        if (known == null) {
            readMarks();
            round.reset();
            UUID latest = new SqlProbeHistory(database).greatestId().orElse(NONE);
            known = new RollupBackfill(raw, recorder, marks, latest);
            backfill = known;
        }
        return known;
    }

    private void readMarks() {
        database.inTransaction(jdbc -> marks = kept.begin(jdbc));
    }

    /// Adds results that have been written. If the database refuses meanwhile, only the unwatched
    /// time before them is lost.
    void record(List<WaitingResult> results) {
        UnwatchedTime unwatched = new UnwatchedTime(database);
        for (WaitingResult each : results) {
            unwatched.add(each, recorder.record(each.result(), each.key(), raw));
        }
        unwatched.write();
    }

    /// Does a small part of the waiting work; the next call continues. A database that refuses is
    /// asked again.
    ///
    /// @return milliseconds until there is more to do; 0 where the next call goes on
    long upkeep() {
        try {
            RollupBackfill missing = backfill();
            if (!missing.isDone()) {
                missing.step(marks);
                return 0;
            }
            // Without runs there is nothing to add, and the marks may stay where they are.
            round.begin(!recorder.isEmpty());
            if (round.goesOn()) {
                flush(round.group(), round.end(), round.end());
                round.flushed();
            }
            return round.restMillis();
        } catch (DataAccessException | TransactionException e) {
            log.atDebug().setCause(e).log("roll-ups wait for the database");
            return AGAIN_MILLIS;
        }
    }

    /// Adds all that is in memory, at the end.
    void flushAll() {
        try {
            boolean isWhole = backfill != null && backfill.isDone();
            for (int i = 0; isWhole && i < RunRecorder.GROUPS; i++) {
                flush(i, Long.MAX_VALUE, clock.instant().getEpochSecond());
            }
        } catch (DataAccessException | TransactionException e) {
            log.atDebug().setCause(e).log("the next start makes roll-ups of raw results");
        }
    }

    private void flush(int group, long second, long mark) {
        Map<String, Map<Long, Totals>> minutes = recorder.before(group, second);
        boolean[] isMoved = new boolean[1];
        lock.writeLock().lock();
        try {
            database.write(
                    jdbc -> {
                        isMoved[0] = kept.move(jdbc, group, marks[group], mark);
                        if (isMoved[0]) {
                            rows.add(jdbc, RollupRows.byKey(minutes));
                        }
                    });
            if (isMoved[0]) {
                recorder.removeBefore(group, second);
                marks[group] = mark;
            } else {
                giveWay();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// Another replica took this one for lost, and has made its roll-ups up to new marks.
    private void giveWay() {
        readMarks();
        for (int group = 0; group < marks.length; group++) {
            recorder.removeBefore(group, marks[group]);
        }
    }

    RollupRows rows() {
        return rows;
    }

    /// The end of a group's runs in the rows, seconds since 1970.
    long mark(int group) {
        return marks[group];
    }

    /// Changes rows, and then what is in memory, while nobody reads.
    void silence(String probe, Map<Long, Totals> inMemory, Consumer<JdbcTemplate> work) {
        lock.writeLock().lock();
        try {
            database.write(work);
            recorder.merge(probe, inMemory);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
