package dev.sonde.bench;

import dev.sonde.history.RunRecorder;
import dev.sonde.history.Totals;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.bytes.StoredResultBytes;
import dev.sonde.store.rollup.RollupRows;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// Results and roll-ups of many probes, written into the database of a service that does not run.
final class StoredHistory {

    private static final long RUN_MILLIS = Duration.ofSeconds(10).toMillis();
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();
    private static final int IN_A_MILLI = 16;

    /// Ids of version 7, so many in a millisecond, that end now; the probes take turns.
    private static final String RESULTS =
            """
            insert into result (id, tail, probe_id, outcome, connect_micros, body)
            with recursive n(i) as (select 0 union all select i + 1 from n where i + 1 < ?),
                p as (select id, row_number() over (order by id) - 1 as i from probe)
            select (? + n.i / %1$d) * 65536 + 28672 + n.i %% %1$d, -9223372036854775808 + n.i,
                p.id, ?, 500, ?
            from n join p on p.i = n.i %% (select count(*) from probe)"""
                    .formatted(IN_A_MILLI);

    private StoredHistory() {}

    /// @param file of a database with a result of the probe `seed`
    /// @param rolledUp the first probes, each with a run every ten seconds of a day
    static void fill(Path file, int results, int rolledUp) throws IOException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            Map<String, Object> seed =
                    jdbc.queryForMap("select outcome, body from result order by id desc limit 1");
            byte[] body = (byte[]) Objects.requireNonNull(seed.get("body"));
            long now = Clock.systemUTC().millis();
            connection.setAutoCommit(false);
            jdbc.update("delete from result");
            jdbc.update(RESULTS, results, now - results / IN_A_MILLI, seed.get("outcome"), body);
            Map<Long, Totals> minutes = minutes(body, now);
            RollupRows rows = new RollupRows("");
            for (int i = 0; i < rolledUp; i++) {
                rows.add(jdbc, ResourceName.key("p-" + i), minutes);
            }
            jdbc.update("delete from rollup_mark");
            for (int part = 0; part < RunRecorder.GROUPS; part++) {
                jdbc.update("insert into rollup_mark values ('', ?, ?)", part, now / 1_000);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static Map<Long, Totals> minutes(byte[] body, long now) {
        String probe = "p-0";
        RunRecorder recorder = new RunRecorder();
        StoredResultBytes bytes = new StoredResultBytes();
        for (long at = now - DAY_MILLIS; at < now; at += RUN_MILLIS) {
            UUID id = new UUID(at << 16 | 0x7000, Long.MIN_VALUE);
            recorder.record(bytes.read(id, probe, body), (_, _) -> List.of());
        }
        return Objects.requireNonNull(
                recorder.before(RunRecorder.groupOf(probe), Long.MAX_VALUE).get(probe));
    }
}
