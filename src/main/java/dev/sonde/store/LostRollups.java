package dev.sonde.store;

import dev.sonde.history.RunRecorder;
import dev.sonde.history.Tier;
import dev.sonde.history.Totals;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.keeping.PresentReplicas;
import dev.sonde.store.bytes.ResultCodec;
import dev.sonde.store.rollup.RawRuns;
import dev.sonde.store.rollup.RollupMarks;
import dev.sonde.store.rollup.RollupRows;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// The roll-ups of replicas that are gone: after a minute the first of the others to do so makes
/// them of the raw results. Owned by the thread that writes.
final class LostRollups {

    private static final Logger log = LoggerFactory.getLogger(LostRollups.class);

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final Database database;
    private final PresentReplicas present;
    private final String self;
    private final Clock clock;
    private final Map<String, Instant> absentSince = new HashMap<>();
    private Instant lookedAt;
    private @Nullable Rebuilding rebuilding;

    /// @param self the name of this replica
    LostRollups(Database database, PresentReplicas present, String self, Clock clock) {
        this.database = database;
        this.present = present;
        this.self = self;
        this.clock = clock;
        this.lookedAt = clock.instant();
    }

    /// Does a small part of the waiting work; the next call continues.
    ///
    /// @return milliseconds until there is more to do; 0 where the next call goes on
    long upkeep() {
        try {
            if (rebuilding != null) {
                rebuilding = rebuilding.step() ? rebuilding : null;
            } else if (Duration.between(lookedAt, clock.instant()).abs().compareTo(BETWEEN) >= 0) {
                lookedAt = clock.instant();
                look(present.names());
            }
        } catch (DataAccessException | TransactionException e) {
            rebuilding = null;
            log.atDebug().setCause(e).log("roll-ups of a lost replica wait for the database");
        }
        return rebuilding == null ? BETWEEN.toMillis() : 0;
    }

    private void look(Set<String> there) {
        if (!there.contains(self)) {
            return;
        }
        List<String> open = new ArrayList<>();
        database.inTransaction(jdbc -> open.addAll(RollupMarks.open(jdbc)));
        open.removeAll(there);
        absentSince.keySet().retainAll(open);
        Instant now = clock.instant();
        for (String replica : open) {
            Instant since = absentSince.computeIfAbsent(replica, _ -> now);
            if (!since.plus(PATIENCE).isAfter(now)) {
                rebuilding = new Rebuilding(replica, Tier.MINUTE.floor(now.getEpochSecond()));
                return;
            }
        }
    }

    /// The way of one lost replica: its results are read, then each group is written.
    private final class Rebuilding {

        private final String replica;
        private final RollupMarks marks;
        private final RollupRows rows;
        private final RawRuns raw;
        private final RunRecorder runs = new RunRecorder();
        private final long[] before;
        private final long end;
        private UUID after;
        private int group = -1;

        /// @param end the second up to which the roll-ups will be whole
        Rebuilding(String replica, long end) {
            this.replica = replica;
            this.end = end;
            this.marks = new RollupMarks(replica, RunRecorder.GROUPS);
            this.rows = new RollupRows(replica);
            this.raw = new RawRuns(database, replica);
            this.before = new long[RunRecorder.GROUPS];
            database.inTransaction(
                    jdbc -> {
                        long[] read = marks.begin(jdbc);
                        System.arraycopy(read, 0, before, 0, read.length);
                    });
            this.after =
                    ResultCodec.firstId(
                            Instant.ofEpochSecond(Arrays.stream(before).min().orElse(0)));
        }

        /// Whether there is more to do.
        boolean step() {
            if (present.names().contains(replica)) {
                return false;
            }
            if (group < 0) {
                read();
                return true;
            }
            if (group < RunRecorder.GROUPS) {
                boolean isOurs = write();
                group++;
                return isOurs;
            }
            database.write(jdbc -> marks.end(jdbc, end));
            log.atInfo()
                    .addKeyValue("replica", replica)
                    .log("roll-ups of a lost replica are made of its results");
            return false;
        }

        private void read() {
            List<ProbeResult> page =
                    raw.page(after, ResultCodec.firstId(Instant.ofEpochSecond(end)));
            for (ProbeResult result : page) {
                String probe = result.probe();
                long second = result.startedAt().getEpochSecond();
                if (probe != null && second >= before[RunRecorder.groupOf(probe)] && second < end) {
                    runs.record(result, raw);
                }
            }
            if (page.size() < RawRuns.AT_ONCE) {
                group = 0;
            } else {
                after = page.getLast().id();
            }
        }

        /// Whether nobody else has moved the mark.
        private boolean write() {
            Map<String, Map<Long, Totals>> minutes = runs.before(group, Long.MAX_VALUE);
            boolean[] isMoved = new boolean[1];
            database.write(
                    jdbc -> {
                        isMoved[0] = marks.move(jdbc, group, before[group], end);
                        if (isMoved[0]) {
                            rows.add(jdbc, RollupRows.byKey(minutes));
                        }
                    });
            return isMoved[0];
        }
    }
}
