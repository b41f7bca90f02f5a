package dev.sonde.store;

import static dev.sonde.store.Samples.REFUSED;
import static dev.sonde.store.Samples.START;
import static dev.sonde.store.Samples.SUCCEEDED;
import static dev.sonde.store.Samples.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sonde.history.DroppedResults;
import dev.sonde.history.ForeignRuns;
import dev.sonde.history.HistoryProperties;
import dev.sonde.history.Incident;
import dev.sonde.history.RunRecorder;
import dev.sonde.history.Statistics;
import dev.sonde.history.StatisticsReader;
import dev.sonde.history.Tier;
import dev.sonde.history.Window;
import dev.sonde.maintenance.MaintenanceWindow;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.expect.Judgement;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.store.buffer.HistoryBuffer;
import dev.sonde.store.incident.SqlIncidentHistory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What holds of roll-ups on every database. The time is the test's.
abstract class RollupContract {

    static final HistoryProperties KEPT =
            new HistoryProperties(
                    Duration.ofDays(1),
                    Duration.ofHours(6),
                    Duration.ofDays(3),
                    Duration.ofDays(35),
                    Duration.ofDays(400),
                    Duration.ofDays(90));

    private final HandClock clock = new HandClock();
    private TestDatabase db;
    private RunRecorder recorder;
    private Rollups rollups;
    private ResultWriter writer;
    private HistoryTables tables;

    static final class HandClock extends Clock {

        Instant now = START;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    abstract TestDatabase database();

    @BeforeEach
    void open() {
        db = database();
        db.clear();
        start();
        new SqlProbeStore(db.database, db.ids()).save(List.of(Samples.definition("a")), List.of());
    }

    /// Begins with what is in the database, as after a kill.
    private void start() {
        recorder = new RunRecorder();
        rollups = new Rollups(db.database, recorder, null, clock);
        tables = new HistoryTables(db.database, rollups, db.presented());
        writer =
                new ResultWriter(
                        tables,
                        db.ids(),
                        clock,
                        new HistoryBuffer.Limits(10_000, new HeapShare("buffer", 1 << 26)),
                        Duration.ofSeconds(1));
        for (int i = 0; i < 10; i++) {
            rollups.upkeep();
        }
    }

    private void run(long from, long to, long step, LongFunction<Outcome> outcome) {
        for (long second = from; second < to; second += step) {
            writer.accept(result("a", second, outcome.apply(second)));
            if (second % 60 == 59) {
                pass(second + 1);
            }
        }
        pass(to);
    }

    /// The writer's turns until then.
    private void pass(long second) {
        clock.now = START.plusSeconds(second);
        writer.writeBatch();
        for (int i = 0; i <= RunRecorder.GROUPS; i++) {
            rollups.upkeep();
        }
    }

    private Statistics stats(Duration window) {
        Window of = Window.of(clock.now.minus(window), clock.now, clock.now, KEPT);
        StatisticsReader reader =
                new StatisticsReader(
                        new SqlRunHistory(db.database, recorder, rollups),
                        new SqlIncidentHistory(db.database));
        return StatisticsReader.sum(
                reader.read(Map.of("a", START), of, clock.now, ForeignRuns.NONE).values());
    }

    @Test
    void oneFailedPercentOfAnHourReadsAsSuch() {
        run(0, 3_600, 1, second -> second >= 1_000 && second < 1_036 ? REFUSED : SUCCEEDED);
        Statistics hour = stats(Duration.ofHours(1));
        assertThat(hour.uptime()).isCloseTo(0.99, within(0.0003));
        assertThat(hour.totals().runs()).isEqualTo(3_600);
        assertThat(hour.totals().worst()).isEqualTo("refused");
        assertThat(hour.watchedMillis()).isBetween(3_590_000L, 3_600_000L);
        assertThat(hour.totals().connect().percentileMicros(95)).isCloseTo(512, within(26L));
        clock.now = START.plusSeconds(9_000);
        assertThat(stats(Duration.ofDays(1)).totals().runs()).isEqualTo(3_600);
        assertThat(stats(Duration.ofDays(30)).totals().failed()).isEqualTo(36);
    }

    @Test
    void nothingIsLostOrDoubledByAKill() {
        run(0, 900, 1, second -> second % 9 == 0 ? REFUSED : SUCCEEDED);
        start();
        run(900, 1_500, 1, _ -> SUCCEEDED);
        start();
        assertThat(stats(Duration.ofHours(1)).totals().runs()).isEqualTo(1_500);
        assertThat(stats(Duration.ofHours(1)).totals().failed()).isEqualTo(100);
        rollups.flushAll();
        start();
        assertThat(stats(Duration.ofDays(7)).totals().runs()).isEqualTo(1_500);
    }

    /// The bound on the results of a probe cuts off none that a start still needs.
    @Test
    void nothingIsLostByAKillWhenAProbeHasMoreResultsThanAreKept() {
        run(0, 540, 1, _ -> SUCCEEDED);
        Retention.Limits limits = new Retention.Limits(Duration.ofDays(7), 10, KEPT, null);
        new Retention(db.database, clock, limits, new DroppedResults()).sweep();
        start();
        assertThat(stats(Duration.ofHours(1)).totals().runs()).isEqualTo(540);
        run(540, 1_200, 1, _ -> SUCCEEDED);
        new Retention(db.database, clock, limits, new DroppedResults()).sweep();
        assertThat(db.count("result")).isEqualTo(10);
    }

    @Test
    void aClockThatJumpsAnHourEndsNoBucketTwice() {
        run(7_200, 7_800, 1, _ -> SUCCEEDED);
        for (long jump : new long[] {-3_600, 0, 3_600}) {
            for (long second = 0; second < 60; second++) {
                ProbeResult made = result("a", 40_000 + 4 * jump + second);
                writer.accept(
                        new ProbeResult(
                                made.id(),
                                "a",
                                made.target(),
                                START.plusSeconds(7_800 + jump + second),
                                made.attempts()));
            }
            pass(7_860 + jump);
        }
        assertThat(stats(Duration.ofHours(24)).totals().runs()).isEqualTo(780);
        assertThat(series(Tier.MINUTE, 4_200)).isEqualTo(60);
        assertThat(series(Tier.MINUTE, 11_400)).isEqualTo(60);
    }

    private long series(Tier tier, long second) {
        return new StatisticsReader(
                        new SqlRunHistory(db.database, recorder, rollups),
                        new SqlIncidentHistory(db.database))
                        .series(
                                "a",
                                tier,
                                Duration.ofSeconds(1),
                                START.plusSeconds(second),
                                ForeignRuns.NONE)
                        .stream()
                        .mapToLong(bucket -> bucket.totals().runs())
                        .sum();
    }

    @Test
    void timeInWhichNobodyLookedIsNeitherUpNorDown() {
        run(0, 600, 10, _ -> SUCCEEDED);
        ProbeResult first = result("a", 600, REFUSED);
        change(ProbeState.DOWN, first);
        run(610, 700, 10, _ -> REFUSED);
        start();
        run(1_700, 1_800, 10, _ -> REFUSED);
        change(ProbeState.UP, result("a", 1_800));
        run(1_810, 2_000, 10, _ -> SUCCEEDED);
        Statistics hour = stats(Duration.ofHours(1));
        assertThat(hour.incidents()).isEqualTo(1);
        assertThat(hour.downMillis()).isEqualTo(200_000);
        assertThat(hour.totals().unwatchedMillis()).isEqualTo(1_000_000);
        assertThat(hour.watchedMillis()).isBetween(980_000L, 1_000_000L);
    }

    @Test
    void runsInMaintenanceAreShownAndCountNeitherInUptimeNorInIncidents() {
        run(0, 600, 10, _ -> SUCCEEDED);
        maintained(600, 900);
        Statistics hour = stats(Duration.ofHours(1));
        assertThat(hour.totals().failed()).isEqualTo(30);
        assertThat(hour.totals().inMaintenance()).isEqualTo(30);
        assertThat(hour.uptime()).isEqualTo(1.0);
        assertThat(hour.incidents()).isZero();
    }

    /// Runs that fail, of a probe that goes down meanwhile.
    private void maintained(long from, long to) {
        ProbeResult first = result("a", from, REFUSED).withMaintenance(true);
        change(ProbeState.DOWN, first);
        for (long second = from + 10; second < to; second += 10) {
            writer.accept(result("a", second, REFUSED).withMaintenance(true));
        }
        pass(to);
    }

    @Test
    void probeThatIsStillDownAfterItsMaintenanceBeginsAnIncident() {
        run(0, 600, 10, _ -> SUCCEEDED);
        maintained(600, 900);
        start();
        run(900, 1_000, 10, _ -> REFUSED);
        Incident incident = incidents().getFirst();
        assertThat(incident.from()).isEqualTo(result("a", 900).startedAt());
        assertThat(incident.failedRuns()).isEqualTo(10);
        change(ProbeState.UP, result("a", 1_000));
        pass(1_010);
        assertThat(incidents()).singleElement().extracting(Incident::endedBy).isEqualTo("up");
        assertThat(stats(Duration.ofHours(1)).downMillis()).isEqualTo(100_000);
    }

    private List<Incident> incidents() {
        return new SqlIncidentHistory(db.database).incidents(List.of("a"), START, clock.now);
    }

    @Test
    void maintenanceDoesNotSplitAnOpenIncidentAndItsTimeIsNotDown() {
        run(0, 600, 10, _ -> SUCCEEDED);
        change(ProbeState.DOWN, result("a", 600, REFUSED));
        run(610, 700, 10, _ -> REFUSED);
        for (long second = 700; second < 800; second += 10) {
            writer.accept(result("a", second, REFUSED).withMaintenance(true));
        }
        run(800, 900, 10, _ -> REFUSED);
        change(ProbeState.UP, result("a", 900));
        pass(910);
        assertThat(incidents()).hasSize(1);
        assertThat(incidents().getFirst().failedRuns()).isEqualTo(20);
        assertThat(stats(Duration.ofHours(1)).downMillis()).isEqualTo(200_000);
    }

    @ParameterizedTest
    @CsvSource({
        "600,  700,  0, , ",
        "550,  650,  1, 650, 50000",
        "650,  1000, 1, 600, 50000",
        "600,  5000, 0, , ",
    })
    void maintenanceOfThePastTakesBackWhatWasCounted(
            long from, long to, int left, Long begin, Long down) {
        run(0, 600, 10, _ -> SUCCEEDED);
        change(ProbeState.DOWN, result("a", 600, REFUSED));
        run(610, 700, 10, _ -> REFUSED);
        change(ProbeState.UP, result("a", 700));
        run(710, 1_400, 10, _ -> SUCCEEDED);
        SqlRecordedRuns recorded = new SqlRecordedRuns(db.database, rollups, tables);
        MaintenanceWindow window =
                new MaintenanceWindow(START.plusSeconds(from), START.plusSeconds(to));
        recorded.silenceNow(List.of("a"), window);
        recorded.silenceNow(List.of("a"), window);
        Statistics hour = stats(Duration.ofHours(1));
        long silenced = (Math.min(to, 1_400) - from) / 10;
        assertThat(hour.totals().inMaintenance()).isEqualTo(silenced);
        assertThat(hour.totals().good() + hour.totals().bad()).isEqualTo(140 - silenced);
        assertThat(hour.totals().failed()).isEqualTo(10);
        assertThat(incidents()).hasSize(left);
        if (left > 0) {
            assertThat(incidents().getFirst().from().getEpochSecond())
                    .isEqualTo(START.plusSeconds(begin).getEpochSecond());
            assertThat(hour.downMillis()).isCloseTo(down, within(200L));
        }
        start();
        assertThat(stats(Duration.ofHours(1)).totals().inMaintenance()).isEqualTo(silenced);
        assertThat(stats(Duration.ofHours(1)).totals().good()).isEqualTo(hour.totals().good());
    }

    @Test
    void maintenanceOfThePastReachesAsFarAsRawResults() {
        run(0, 1_200, 10, _ -> SUCCEEDED);
        SqlRecordedRuns recorded = new SqlRecordedRuns(db.database, rollups, tables);
        assertThat(recorded.keptSince(List.of("a"), START.minusSeconds(3_600))).isNull();
        db.change(
                "delete from result where id < ?",
                db.database.dialect().key(result("a", 600).id()));
        assertThat(recorded.keptSince(List.of("a"), START.plusSeconds(60)))
                .isEqualTo(START.plusSeconds(600).plusMillis(123));
        assertThat(recorded.keptSince(List.of("a"), START.plusSeconds(700))).isNull();
    }

    @Test
    void runsOfADeletedProbeAreNotThoseOfItsNamesake() {
        run(0, 50, 10, _ -> REFUSED);
        SqlProbeStore probes = new SqlProbeStore(db.database, db.ids(), recorder);
        probes.delete("a");
        writer.accept(result("a", 50, REFUSED));
        probes.save(
                List.of(ProbeDefinition.create("a", Samples.SPEC, START.plusSeconds(60))),
                List.of());
        run(70, 100, 10, _ -> SUCCEEDED);
        assertThat(stats(Duration.ofHours(1)).totals().runs()).isEqualTo(3);
    }

    @Test
    void unexpectedRunsAreWhatLowersUptime() {
        for (long second = 0; second < 100; second += 10) {
            writer.accept(
                    result("a", second, REFUSED)
                            .withJudgement(
                                    second == 50
                                            ? new Judgement(false, List.of())
                                            : Judgement.met())
                            .withLateness(1_000));
        }
        pass(100);
        Statistics hour = stats(Duration.ofHours(1));
        assertThat(hour.uptime()).isEqualTo(0.9);
        assertThat(hour.totals().failed()).isEqualTo(10);
        assertThat(hour.totals().lateness().percentileMicros(99)).isCloseTo(1_000, within(32L));
    }

    private void change(ProbeState to, ProbeResult first) {
        writer.accept(first);
        writer.accept(
                new Transition(
                        "a",
                        to == ProbeState.DOWN ? ProbeState.UP : ProbeState.DOWN,
                        to,
                        first.startedAt(),
                        Transition.Cause.of(first, Transition.Row.from(first)),
                        first.inMaintenance()));
    }
}
