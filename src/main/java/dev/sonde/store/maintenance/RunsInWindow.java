package dev.sonde.store.maintenance;

import dev.sonde.maintenance.MaintenanceWindow;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.access.Access;
import dev.sonde.store.access.ResultKeys;
import dev.sonde.store.bytes.ResultCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// The stored results of a probe in the window of a maintenance. Safe for any thread.
public final class RunsInWindow {

    /// An id's time is never behind the start of its run by more.
    private static final Duration LONGEST_RUN = Duration.ofHours(1);

    private final Access access;
    private final ResultKeys keys;
    private final String oldest;
    private final String inWindow;

    public RunsInWindow(Access access) {
        this.access = access;
        this.keys = access.keys();
        String columns = keys.idColumnsOfR();
        String ofProbe =
                " from result r join probe p on p.id = r.probe_id where r.probe_id = :probe and "
                        + access.keys().isOfThisProbe();
        this.oldest = "select " + columns + ofProbe + " order by r.id limit 1";
        this.inWindow =
                "select "
                        + columns
                        + ", r.replica, r.body"
                        + ofProbe
                        + " and r.id >= :from and r.id < :to order by r.id";
    }

    /// The time of a probe's oldest result; absent where it has none.
    public @Nullable Instant oldest(String probe) {
        return access.client()
                .sql(oldest)
                .param("probe", ResourceName.key(probe))
                .query((row, _) -> ResultCodec.timeOf(access.keys().id(row)))
                .optional()
                .orElse(null);
    }

    /// Runs of the window that are not marked yet.
    public List<ProbeResult> loud(String probe, MaintenanceWindow window) {
        return access
                .client()
                .sql(inWindow)
                .param("probe", ResourceName.key(probe))
                .param("from", keys.key(ResultCodec.firstId(window.from())))
                .param("to", keys.key(ResultCodec.firstId(window.to().plus(LONGEST_RUN))))
                .query((row, _) -> result(row, probe))
                .list()
                .stream()
                .filter(it -> !it.inMaintenance() && window.contains(it.startedAt()))
                .toList();
    }

    private ProbeResult result(ResultSet row, String probe) throws SQLException {
        return ResultCodec.read(keys.id(row), probe, row.getBytes("body"))
                .withReplica(row.getString("replica"));
    }

    /// Marks results as in maintenance.
    public void markSilent(JdbcTemplate jdbc, List<ProbeResult> results) {
        List<Object[]> rows = new ArrayList<>();
        for (ProbeResult result : results) {
            rows.add(
                    new Object[] {
                        ResultCodec.write(result.withMaintenance(true)), keys.key(result.id())
                    });
        }
        jdbc.batchUpdate("update result set body = ? where id = ?", rows);
    }
}
