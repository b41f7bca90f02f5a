package dev.sonde.bench;

import dev.sonde.history.RunRecorder;
import dev.sonde.history.Tier;
import dev.sonde.history.Totals;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.probe.spec.Target;
import dev.sonde.store.rollup.RollupRows;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/// The cost of roll-ups of probes that run every ten seconds: a day of them, as the writer of the
/// store makes it. Runs are added one by one. Every ten minutes they go into the rows of all tiers.
///
/// @param cpuMicrosEach CPU of a run
/// @param firstDayBytes bytes of the rows of a probe after a day
/// @param bytesEachDay bytes of the rows of a probe that run for the longest time that is kept, for
///     each of its days. Each tier is kept as long as it is by default
record RollupCost(double cpuMicrosEach, double firstDayBytes, double bytesEachDay) {

    private static final int PROBES = 250;
    private static final int INTERVAL_SECONDS = 10;
    private static final long FLUSH_SECONDS = Duration.ofMinutes(10).toSeconds();
    private static final long WARM_UP_SECONDS = Duration.ofHours(6).toSeconds();

    /// The longest time that roll-ups are kept by default.
    private static final double DAYS = 400;

    /// What a row takes beside its body.
    private static final int ROW_BYTES = 40;

    private static final Instant DAY = Instant.parse("2026-11-28T00:00:00Z");
    private static final Target TARGET = new Target("127.0.0.1", 1);

    static RollupCost measure() throws IOException {
        try (DataDirectory data = DataDirectory.create();
                Connection connection = open(data.path())) {
            JdbcTemplate jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
            long end = DAY.plus(Duration.ofDays(1)).getEpochSecond();
            RunRecorder recorder = new RunRecorder();
            long warm = DAY.getEpochSecond() + WARM_UP_SECONDS;
            long cpuNanos = 0;
            for (long at = DAY.getEpochSecond(); at < end; at += FLUSH_SECONDS) {
                long used = record(recorder, at);
                used += flush(recorder, jdbc, connection, at + FLUSH_SECONDS);
                cpuNanos += at < warm ? 0 : used;
            }
            double runs = (double) PROBES * (end - warm) / INTERVAL_SECONDS;
            double sum = 0;
            for (Tier tier : Tier.values()) {
                sum += bytes(jdbc, tier) * Math.min(days(tier), DAYS);
            }
            return new RollupCost(cpuNanos / 1e3 / runs, firstDay(jdbc), sum / DAYS);
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static Connection open(Path directory) throws SQLException {
        String url = "jdbc:sqlite:" + directory.resolve("sonde.db");
        Flyway.configure()
                .dataSource(url, null, null)
                .locations("classpath:db/migration/sqlite")
                .load()
                .migrate();
        Connection connection = DriverManager.getConnection(url);
        new JdbcTemplate(new SingleConnectionDataSource(connection, true))
                .execute("pragma journal_mode = wal");
        connection.setAutoCommit(false);
        return connection;
    }

    /// Ten minutes of all probes. The results are made outside of the measured time.
    private static long record(RunRecorder recorder, long fromSecond) {
        Random random = new Random(fromSecond);
        long cpuNanos = 0;
        for (long at = fromSecond; at < fromSecond + FLUSH_SECONDS; at += INTERVAL_SECONDS) {
            List<ProbeResult> results = results(at, random);
            long before = cpuNanos();
            for (ProbeResult result : results) {
                long key = ResourceName.key(String.valueOf(result.probe()));
                recorder.record(result, key, (_, _) -> List.of());
            }
            cpuNanos += cpuNanos() - before;
        }
        return cpuNanos;
    }

    private static List<ProbeResult> results(long second, Random random) {
        List<ProbeResult> results = new ArrayList<>();
        for (int i = 0; i < PROBES; i++) {
            long connectNanos = 40_000 + (long) (15_000 * Math.abs(random.nextGaussian()));
            results.add(result("p-" + i, second, connectNanos, random.nextLong(1_000)));
        }
        return results;
    }

    /// As over loopback: a connect of 40 us and more, and a lateness of up to a millisecond.
    private static ProbeResult result(String probe, long second, long nanos, long latenessMicros) {
        Instant at = Instant.ofEpochSecond(second);
        AttemptResult attempt =
                new AttemptResult(
                        null,
                        null,
                        Outcome.Succeeded.connected(),
                        List.of(new PhaseTime(Phase.QUEUE, 0), new PhaseTime(Phase.CONNECT, nanos)),
                        new Evidence(
                                Evidence.Source.TCP_INFO,
                                Evidence.State.ESTABLISHED,
                                nanos / 2_000,
                                false,
                                0L,
                                null,
                                null,
                                null,
                                65_483L,
                                null,
                                null),
                        List.of());
        UUID id = new UUID(at.toEpochMilli() << 16 | 0x7000, Long.MIN_VALUE);
        return new ProbeResult(id, probe, TARGET, at, List.of(attempt), false, null)
                .withLateness(latenessMicros);
    }

    private static long flush(
            RunRecorder recorder, JdbcTemplate jdbc, Connection connection, long second)
            throws SQLException {
        long before = cpuNanos();
        // A group of the service has as many probes as all of these are.
        Map<Long, Map<Long, Totals>> minutes = new HashMap<>();
        for (int group = 0; group < RunRecorder.GROUPS; group++) {
            minutes.putAll(RollupRows.byKey(recorder.before(group, second)));
            recorder.removeBefore(group, second);
        }
        new RollupRows("").add(jdbc, minutes);
        connection.commit();
        return cpuNanos() - before;
    }

    private static double firstDay(JdbcTemplate jdbc) {
        double sum = 0;
        for (Tier tier : Tier.values()) {
            sum += bytes(jdbc, tier) * Math.min(days(tier), 1);
        }
        return sum;
    }

    /// For how many days the tier is kept by default.
    private static double days(Tier tier) {
        return switch (tier) {
            case MINUTE -> 0.25;
            case FIVE_MINUTES -> 3;
            case HOUR -> 35;
            case DAY -> DAYS;
        };
    }

    /// The rows of a probe and day.
    private static double bytes(JdbcTemplate jdbc, Tier tier) {
        Double bytes =
                jdbc.queryForObject(
                        "select sum(length(body) + ?) from rollup where tier = ?",
                        Double.class,
                        ROW_BYTES,
                        tier.number());
        return bytes == null ? 0 : bytes / PROBES;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
