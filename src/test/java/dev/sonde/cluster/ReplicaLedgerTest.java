package dev.sonde.cluster;

import static dev.sonde.cluster.ReplicaLab.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each place of each probe in its interval, counted in the database, while replicas come, restart,
/// are parted and lose the database. It needs a machine with nothing else to do.
///
/// `mvn -Pattack -Dtest=ReplicaLedgerTest -Dtest.replicas.probes=20000 verify` has 5,000 runs a
/// second.
@Tag("attack")
class ReplicaLedgerTest {

    private static final int PROBES = Integer.getInteger("test.replicas.probes", 20_000);
    private static final Duration INTERVAL = Duration.ofSeconds(4);
    private static final Duration FAILURE_TIMEOUT = Duration.ofSeconds(5);

    /// A quarter of 5,000 runs a second waits for the database for half a minute and more.
    static final List<String> JAVA =
            List.of(System.getProperty("test.replicas.java", "-Xmx640m").split(" ", -1));

    @TempDir private Path directory;
    private ReplicaLab lab;

    /// Results that found the buffer before the database full; their runs look as if missed.
    private double lost;

    @BeforeEach
    void open() throws Exception {
        lab = new ReplicaLab(directory, INTERVAL, FAILURE_TIMEOUT);
        lab.java().addAll(JAVA);
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void replicaJoins() throws Exception {
        startReplicas(2);
        Instant begun = lab.pause(1);
        startReplica(3);
        lab.awaitTogether();
        Instant ended = lab.pause(2);
        assertFew("a replica joins", finish().between(begun, ended), 0.0002, 0);
    }

    @Test
    void allRestartOneAfterTheOther() throws Exception {
        startReplicas(3);
        Instant begun = lab.pause(1);
        for (int number = 1; number <= 3; number++) {
            lab.stop(name(number));
            lab.awaitTogether();
            startReplica(number);
            lab.awaitTogether();
        }
        Instant ended = lab.pause(2);
        assertFew("rolling restart", finish().between(begun, ended), 0.0002, 0);
    }

    @Test
    void oneIsPartedFromTheOthersAndNotFromTheDatabase() throws Exception {
        startReplicas(3);
        Instant begun = lab.pause(1);
        try (Parting _ = new Parting(address(1), List.of(address(2), address(3)))) {
            lab.pause(4);
            tell("parted: " + lab.get(name(1)).status() + ", " + lab.get(name(2)).status());
        }
        lab.awaitTogether();
        Instant ended = lab.pause(2);
        assertFew("partition", finish().between(begun, ended), 0.0002, 0.01);
    }

    @Test
    void databaseIsAway() throws Exception {
        startReplicas(3);
        Instant begun = lab.pause(1);
        lab.closeDatabase();
        lab.pause(3);
        var _ = lab.openDatabase();
        awaitWritten(3);
        Instant ended = lab.pause(2);
        assertFew("database away", finish().between(begun, ended), 0.0002, 0);
    }

    /// The others have the definitions of its share on their disks.
    @Test
    void oneIsKilledWhileTheDatabaseIsAway() throws Exception {
        startReplicas(3);
        Instant begun = lab.pause(1);
        lab.closeDatabase();
        lab.kill(name(3));
        lab.pause(3);
        var _ = lab.openDatabase();
        awaitWritten(2);
        Instant ended = lab.pause(2);
        assertFew("killed without database", finish().between(begun, ended), 0.05, 0.01);
    }

    @Test
    void oneIsKilled() throws Exception {
        startReplicas(3);
        Instant begun = lab.pause(1);
        lab.kill(name(3));
        lab.awaitTogether();
        Instant ended = lab.pause(2);
        RunLedger.Count count = finish().between(begun, ended);
        assertFew("killed", count, ofAThird(Duration.ofMillis(700), count), 0);
    }

    /// Nobody makes up for what a silent replica may have run.
    @Test
    void oneHangs() throws Exception {
        startReplicas(3);
        Instant begun = lab.pause(1);
        lab.get(name(3)).signal("STOP");
        lab.pause(5);
        lab.get(name(3)).signal("CONT");
        lab.awaitTogether();
        Instant ended = lab.pause(2);
        RunLedger.Count count = finish().between(begun, ended);
        assertFew("hung", count, ofAThird(FAILURE_TIMEOUT.plusSeconds(1), count), 0.01);
    }

    @Test
    void oneLeaves() throws Exception {
        startReplicas(3);
        Instant begun = lab.pause(1);
        lab.stop(name(3));
        lab.awaitTogether();
        Instant ended = lab.pause(2);
        assertFew("left", finish().between(begun, ended), 0.0002, 0);
    }

    /// The part of all runs that one of three replicas makes in a time.
    private static double ofAThird(Duration time, RunLedger.Count count) {
        double runs = (double) PROBES * time.toMillis() / INTERVAL.toMillis();
        return runs / 3 / count.expected();
    }

    private RunLedger finish() throws Exception {
        lost = lab.lost();
        return lab.finish();
    }

    private void awaitWritten(int replicas) {
        for (int number = 1; number <= replicas; number++) {
            ReplicaProcess replica = lab.get(name(number));
            await().atMost(ReplicaLab.LONG).until(() -> replica.store("buffered") < PROBES / 10.0);
        }
    }

    /// The CPU of all processes for each run, of three replicas beside one.
    @Test
    void cpuOfARunGrowsLittleWithReplicas() throws Exception {
        startReplicas(3);
        CpuOfRuns ofThree = cpu(1, 2, 3);
        lab.stop(name(2));
        lab.stop(name(3));
        lab.awaitTogether();
        CpuOfRuns ofOne = cpu(1);
        RunLedger ledger = lab.finish();
        double three = ofThree.median(ledger);
        double one = ofOne.median(ledger);
        tell(
                "CPU a run: %.1f us of one, %.1f us of three: %.2f"
                        .formatted(one, three, three / one));
        assertThat(three / one).isPositive();
    }

    /// The first result of each probe that is new to a replica costs its writer a query.
    private CpuOfRuns cpu(int... numbers) throws Exception {
        lab.pause(2);
        awaitWritten(numbers.length);
        List<ReplicaProcess> replicas =
                Arrays.stream(numbers).mapToObj(number -> lab.get(name(number))).toList();
        return new CpuOfRuns(lab, replicas).measure();
    }

    private void assertFew(String what, RunLedger.Count count, double missed, double doubled) {
        tell(
                "%s: %d expected, %d missed (%.3f %%), %d doubled (%.3f %%), %.0f results lost"
                        .formatted(
                                what,
                                count.expected(),
                                count.missed(),
                                100.0 * count.missed() / count.expected(),
                                count.doubled(),
                                100.0 * count.doubled() / count.expected(),
                                lost));
        assertThat(lost).isZero();
        assertThat(count.expected()).isPositive();
        assertThat((double) count.missed() / count.expected()).isLessThanOrEqualTo(missed);
        assertThat((double) count.doubled() / count.expected()).isLessThanOrEqualTo(doubled);
    }

    private void startReplicas(int count) throws Exception {
        for (int number = 1; number <= count; number++) {
            startReplica(number);
        }
        lab.awaitTogether();
        lab.create(lab.get(name(1)).port(), PROBES);
        lab.pause(1);
    }

    private void startReplica(int number) throws Exception {
        var _ = lab.start(name(number), "--sonde.cluster.bind-address=" + address(number));
    }

    private static String name(int number) {
        return "replica-" + number;
    }

    private static String address(int number) {
        return "127.77.0." + number;
    }
}
