package dev.sonde.store;

import dev.sonde.history.RunRecorder;
import dev.sonde.history.Totals;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.store.buffer.WaitingResult;
import dev.sonde.store.bytes.ResultCodec;
import dev.sonde.store.rollup.RollupMarks;
import dev.sonde.store.rollup.RollupRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
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

    private static final long EVERY_SECONDS = Duration.ofMinutes(10).toSeconds();
    private static final long AGAIN_MILLIS = 5_000;
    private static final UUID NONE = new UUID(0, 0);

    private static final String UNWATCHED =
            """
            update incident set unwatched_millis = unwatched_millis + ?
            where id = (
                    select id from incident where probe_id = ? and first_key <= ?
                    order by first_key desc limit 1)
                and first_key < ? and (last_key is null or last_key >= ?)""";

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

    /// The latest raw result that may be missing in the rows; null before the first batch.
    private @Nullable UUID rebuildTo;

    private UUID rebuiltTo = NONE;
    private boolean isRebuilt;
    private long boundary;
    private int nextGroup = RunRecorder.GROUPS;

    /// @param replica the name of this one; absent for a single process
    Rollups(Database database, RunRecorder recorder, @Nullable String replica, Clock clock) {
        this.database = database;
        this.rows = new RollupRows(replica == null ? "" : replica);
        this.kept = new RollupMarks(rows.replica(), RunRecorder.GROUPS);
        this.recorder = recorder;
        this.clock = clock;
        this.raw = new RawRuns(database, replica);
    }

    ReentrantReadWriteLock lock() {
        return lock;
    }

    /// Called before each batch is written.
    void begin() {
        if (rebuildTo == null) {
            readMarks();
            rebuiltTo =
                    ResultCodec.firstId(
                            Instant.ofEpochSecond(Arrays.stream(marks).min().orElse(0)));
            boundary = boundary();
            rebuildTo = new SqlProbeHistory(database).greatestId().orElse(NONE);
        }
    }

    private void readMarks() {
        database.inTransaction(jdbc -> marks = kept.begin(jdbc));
    }

    private long boundary() {
        return Math.floorDiv(clock.instant().getEpochSecond(), EVERY_SECONDS) * EVERY_SECONDS;
    }

    /// Adds results that have been written. If the database refuses meanwhile, only the unwatched
    /// time before them is lost.
    void record(List<WaitingResult> results) {
        List<Object[]> unwatched = new ArrayList<>();
        for (WaitingResult each : results) {
            long millis = recorder.record(each.result(), each.key(), raw);
            if (millis > 0) {
                long key = each.result().id().getMostSignificantBits();
                unwatched.add(new Object[] {millis, each.key(), key, key, key});
            }
        }
        if (unwatched.isEmpty()) {
            return;
        }
        try {
            database.write(jdbc -> jdbc.batchUpdate(UNWATCHED, unwatched));
        } catch (DataAccessException | TransactionException e) {
            log.atDebug().setCause(e).log("unwatched time of incidents cannot be stored");
        }
    }

    /// Does a small part of the waiting work; the next call continues. A database that refuses is
    /// asked again.
    ///
    /// @return milliseconds until there is more to do; 0 where the next call goes on
    long upkeep() {
        try {
            begin();
            if (!isRebuilt) {
                rebuildSome();
                return 0;
            }
            flushNext();
            return nextGroup < RunRecorder.GROUPS ? 0 : millisToBoundary();
        } catch (DataAccessException | TransactionException e) {
            log.atDebug().setCause(e).log("roll-ups wait for the database");
            return AGAIN_MILLIS;
        }
    }

    private long millisToBoundary() {
        long next = TimeUnit.SECONDS.toMillis(boundary + EVERY_SECONDS);
        return Math.clamp(next - clock.millis(), 1, TimeUnit.SECONDS.toMillis(EVERY_SECONDS));
    }

    private void rebuildSome() {
        UUID to = Objects.requireNonNull(rebuildTo);
        List<ProbeResult> results = raw.page(rebuiltTo, to);
        for (ProbeResult result : results) {
            String probe = result.probe();
            if (probe != null
                    && result.startedAt().getEpochSecond() >= marks[RunRecorder.groupOf(probe)]) {
                recorder.record(result, raw);
            }
        }
        if (results.size() < RawRuns.AT_ONCE) {
            isRebuilt = true;
        } else {
            rebuiltTo = results.getLast().id();
        }
    }

    private void flushNext() {
        long now = boundary();
        if (now != boundary) {
            boundary = now;
            // Without runs there is nothing to add, and the marks may stay where they are.
            nextGroup = recorder.isEmpty() ? RunRecorder.GROUPS : 0;
        }
        if (nextGroup < RunRecorder.GROUPS) {
            flush(nextGroup, boundary, boundary);
            nextGroup++;
        }
    }

    /// Adds all that is in memory, at the end.
    void flushAll() {
        try {
            for (int i = 0; isRebuilt && i < RunRecorder.GROUPS; i++) {
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
