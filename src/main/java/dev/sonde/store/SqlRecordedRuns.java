package dev.sonde.store;

import dev.sonde.history.RunRecorder;
import dev.sonde.history.Tier;
import dev.sonde.history.Totals;
import dev.sonde.maintenance.MaintenanceWindow;
import dev.sonde.maintenance.RecordedRuns;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.bytes.ResultCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.JdbcTemplate;

/// Runs in SQL that turn out to have been in maintenance. Safe for any thread; the work is done on
/// the writer's, after what waits there.
final class SqlRecordedRuns implements RecordedRuns {

    private static final long LONGEST_SECONDS = 30;

    /// An id's time is never behind the start of its run by more.
    private static final Duration LONGEST_RUN = Duration.ofHours(1);

    private final Database database;
    private final Rollups rollups;
    private final HistoryTables tables;
    private final SilencedIncidents incidents;
    private final String oldest;
    private final String inWindow;

    SqlRecordedRuns(Database database, Rollups rollups, HistoryTables tables) {
        this.database = database;
        this.rollups = rollups;
        this.tables = tables;
        this.incidents = new SilencedIncidents(database.dialect());
        String columns = database.dialect().idColumns();
        this.oldest =
                "select %s, started_at from result where probe_id = :probe order by id limit 1"
                        .formatted(columns);
        this.inWindow =
                "select %s, replica, body from result where probe_id = :probe and id >= :from"
                                .formatted(columns)
                        + " and id < :to order by id";
    }

    @Override
    public @Nullable Instant keptSince(Collection<String> probes, Instant wanted) {
        Instant latest = null;
        for (String probe : probes) {
            Instant kept = oldest(probe);
            boolean isLater = kept != null && (latest == null || kept.isAfter(latest));
            if (isLater && kept.isAfter(wanted) && hasLost(probe, wanted, kept)) {
                latest = kept;
            }
        }
        return latest;
    }

    private @Nullable Instant oldest(String probe) {
        return database.client()
                .sql(oldest)
                .param("probe", ResourceName.key(probe))
                .query((row, _) -> ResultCodec.timeOf(database.dialect().id(row)))
                .optional()
                .orElse(null);
    }

    /// Whether roll-ups know of runs in whole buckets between the two.
    private boolean hasLost(String probe, Instant wanted, Instant kept) {
        for (Tier tier : Tier.values()) {
            long from = tier.floor(wanted.getEpochSecond());
            long to = tier.floor(kept.getEpochSecond());
            if (rollups.hasRows(ResourceName.key(probe), tier, from, to)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void silence(Collection<String> probes, MaintenanceWindow window) {
        List<String> names = List.copyOf(probes);
        FutureTask<@Nullable Void> task = new FutureTask<>(() -> silenceNow(names, window), null);
        tables.execute(task);
        try {
            task.get(LONGEST_SECONDS, TimeUnit.SECONDS);
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

    /// On the writer's thread.
    void silenceNow(List<String> probes, MaintenanceWindow window) {
        for (String probe : probes) {
            List<ProbeResult> loud = loud(probe, window);
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
                        rewrite(jdbc, loud);
                        boolean isLasting = incidents.silence(jdbc, probe, window, loud);
                        if (isLasting) {
                            tables.suspect(probe);
                        }
                    });
        }
    }

    /// Runs of the window that are not marked yet.
    private List<ProbeResult> loud(String probe, MaintenanceWindow window) {
        Dialect dialect = database.dialect();
        return database
                .client()
                .sql(inWindow)
                .param("probe", ResourceName.key(probe))
                .param("from", dialect.key(ResultCodec.firstId(window.from())))
                .param("to", dialect.key(ResultCodec.firstId(window.to().plus(LONGEST_RUN))))
                .query((row, _) -> result(row, probe))
                .list()
                .stream()
                .filter(it -> !it.inMaintenance() && window.contains(it.startedAt()))
                .toList();
    }

    private ProbeResult result(ResultSet row, String probe) throws SQLException {
        return ResultCodec.read(database.dialect().id(row), probe, row.getBytes("body"))
                .withReplica(row.getString("replica"));
    }

    private void rewrite(JdbcTemplate jdbc, List<ProbeResult> results) {
        List<Object[]> rows = new ArrayList<>();
        for (ProbeResult result : results) {
            rows.add(
                    new Object[] {
                        ResultCodec.write(result.withMaintenance(true)),
                        database.dialect().key(result.id())
                    });
        }
        jdbc.batchUpdate("update result set body = ? where id = ?", rows);
    }
}
