package dev.sonde.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.history.ForeignRuns;
import dev.sonde.history.RunHistory;
import dev.sonde.history.RunRecorder;
import dev.sonde.history.Window;
import dev.sonde.probe.finding.ProbeResult;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresRollupTest extends RollupContract {

    private static EmbeddedPostgres postgres;
    private static TestDatabase db;

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.start();
        db = TestDatabase.postgres(postgres.getJdbcUrl("postgres", "postgres"));
    }

    @AfterAll
    static void stop() throws IOException {
        db.close();
        postgres.close();
    }

    @Test
    void replicasThatHandAProbeOverLoseAndDoubleNothing() {
        write(open("a"), "a", 0);
        Rollups two = open("b");
        write(two, "b", 600);
        Rollups again = open("a");
        write(again, "a", 1_200);
        again.flushAll();
        two.flushAll();
        assertThat(runs()).isEqualTo(180);
        open("a").flushAll();
        open("b").flushAll();
        assertThat(runs()).isEqualTo(180);
    }

    /// One that was taken for lost gives way, and goes on when it returns.
    @Test
    void theRunsOfALostReplicaAreRolledUpOnceByTheOthers() {
        Rollups lost = open("b");
        write(lost, "b", 0);
        HandClock clock = new HandClock();
        List<LostRollups> others =
                Stream.of("a", "c")
                        .map(
                                each ->
                                        new LostRollups(
                                                db.database, () -> Set.of("a", "c"), each, clock))
                        .toList();
        for (int turn = 0; turn < 160; turn++) {
            clock.now = Samples.START.plusSeconds(turn < 10 ? 600 + 10 * turn : 690);
            others.forEach(LostRollups::upkeep);
        }
        assertThat(runs()).isEqualTo(60);
        lost.flushAll();
        assertThat(runs()).isEqualTo(60);
        Rollups again = open("b");
        write(again, "b", 690);
        again.flushAll();
        assertThat(runs()).isEqualTo(120);
    }

    /// The roll-ups of a replica that starts, also where it was killed before.
    private static Rollups open(String replica) {
        Clock clock = Clock.fixed(Samples.START.plusSeconds(3_600), ZoneOffset.UTC);
        Rollups rollups = new Rollups(db.database, new RunRecorder(), replica, clock);
        for (int i = 0; i < 3; i++) {
            rollups.upkeep();
        }
        return rollups;
    }

    private static void write(Rollups rollups, String replica, long from) {
        HistoryTables tables = HistoryTables.ofReplica(db.database, rollups, db.presented(), null);
        List<ProbeResult> results =
                LongStream.range(0, 60)
                        .mapToObj(i -> Samples.result("a", from + 10 * i).withReplica(replica))
                        .toList();
        tables.write(results, List.of());
    }

    private static long runs() {
        Instant now = Samples.START.plusSeconds(3_600);
        RunHistory history = new SqlRunHistory(db.database, new RunRecorder(), db.rollups());
        Window day = Window.of(now.minusSeconds(86_400), now, now, KEPT);
        return Objects.requireNonNull(
                        history.buckets(List.of("a"), day.stretches(), ForeignRuns.NONE).get("a"))
                .stream()
                .mapToLong(bucket -> bucket.totals().runs())
                .sum();
    }

    @Override
    TestDatabase database() {
        return db;
    }
}
