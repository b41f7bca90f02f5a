package dev.sonde.store;

import dev.sonde.history.RunRecorder;
import dev.sonde.history.Tier;
import dev.sonde.history.Totals;
import dev.sonde.maintenance.MaintenanceWindow;
import dev.sonde.maintenance.RecordedRuns;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.incident.SilencedIncidents;
import dev.sonde.store.maintenance.RunsInWindow;
import dev.sonde.store.rollup.RollupRows;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.TransactionException;

/// Runs in SQL that turn out to have been in maintenance. Safe for any thread; the work is done on
/// the writer's, after what waits there.
final class SqlRecordedRuns implements RecordedRuns {

    private static final Logger log = LoggerFactory.getLogger(SqlRecordedRuns.class);

    private static final long LONGEST_SECONDS = 30;

    /// A round takes half a second, unless `sonde.results.write-every` is set.
    private static final int ROUNDS = 6;

    private final Database database;
    private final Rollups rollups;
    private final HistoryTables tables;
    private final SilencedIncidents incidents;
    private final RunsInWindow runs;

    SqlRecordedRuns(Database database, Rollups rollups, HistoryTables tables) {
        this.database = database;
        this.rollups = rollups;
        this.tables = tables;
        this.incidents = new SilencedIncidents(database.keys());
        this.runs = new RunsInWindow(database);
    }

    @Override
    public @Nullable Instant keptSince(Collection<String> probes, Instant wanted) {
        Instant latest = null;
        for (String probe : probes) {
            Instant kept = runs.oldest(probe);
            if (kept != null
                    && (latest == null || kept.isAfter(latest))
                    && kept.isAfter(wanted)
                    && hasLost(probe, wanted, kept)) {
                latest = kept;
            }
        }
        return latest;
    }

    /// Whether roll-ups know of runs in whole buckets between the two.
    private boolean hasLost(String probe, Instant wanted, Instant kept) {
        for (Tier tier : Tier.values()) {
            long from = tier.floor(wanted.getEpochSecond());
            long to = tier.floor(kept.getEpochSecond());
            if (RollupRows.exist(database.client(), ResourceName.key(probe), tier, from, to)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void silence(Collection<String> probes, MaintenanceWindow window) {
        List<String> names = List.copyOf(probes);
        FutureTask<@Nullable Void> task = new FutureTask<>(() -> silenceNow(names, window), null);
        tables.work().add(task);
        try {
            task.get(LONGEST_SECONDS, TimeUnit.SECONDS);
            tables.work().add(new Stragglers(names, window));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryTimeoutException("interrupted", e);
        } catch (TimeoutException e) {
            task.cancel(false);
            throw new QueryTimeoutException("the store's writer is busy", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /// Processes the window again after some of the writer's rounds. A run that ended while the
    /// maintenance was created may have been on its way.
    private final class Stragglers implements Runnable {

        private final List<String> probes;
        private final MaintenanceWindow window;
        private int rounds = ROUNDS;

        Stragglers(List<String> probes, MaintenanceWindow window) {
            this.probes = probes;
            this.window = window;
        }

        @Override
        public void run() {
            rounds--;
            if (rounds > 0) {
                tables.work().addLater(this);
                return;
            }
            try {
                silenceNow(probes, window);
            } catch (DataAccessException | TransactionException e) {
                log.atDebug()
                        .setCause(e)
                        .log("runs in a maintenance that was just added cannot be marked");
            }
        }
    }

    /// Marks the runs. Called on the writer's thread.
    void silenceNow(List<String> probes, MaintenanceWindow window) {
        for (String probe : probes) {
            List<ProbeResult> loud = runs.loud(probe, window);
            Map<Long, Totals> inRows = new TreeMap<>();
            Map<Long, Totals> inMemory = new TreeMap<>();
            for (ProbeResult result : loud) {
                long second = result.startedAt().getEpochSecond();
                boolean isFlushed = second < rollups.mark(RunRecorder.groupOf(probe));
                RollupRows.merge(
                        isFlushed ? inRows : inMemory,
                        Tier.MINUTE.floor(second),
                        Totals.silenced(result));
            }
            rollups.silence(
                    probe,
                    inMemory,
                    jdbc -> {
                        rollups.rows().add(jdbc, ResourceName.key(probe), inRows);
                        runs.markSilent(jdbc, loud);
                        boolean isLasting = incidents.silence(jdbc, probe, window, loud);
                        if (isLasting) {
                            tables.suspect(probe);
                        }
                    });
        }
    }
}
