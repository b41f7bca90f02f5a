package dev.sonde.cluster;

import static dev.sonde.cluster.ReplicaLab.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
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

    @TempDir private Path directory;
    private ReplicaLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new ReplicaLab(directory, INTERVAL, FAILURE_TIMEOUT);
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
        assertFew("a replica joins", lab.finish().between(begun, ended), 0.0002, 0);
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
        assertFew("rolling restart", lab.finish().between(begun, ended), 0.0002, 0);
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
        assertFew("partition", lab.finish().between(begun, ended), 0.0002, 0.01);
    }

    @Test
    void databaseIsAway() throws Exception {
        startReplicas(3);
        Instant begun = lab.pause(1);
        lab.closeDatabase();
        lab.pause(3);
        var _ = lab.openDatabase();
        for (int number = 1; number <= 3; number++) {
            ReplicaProcess replica = lab.get(name(number));
            await().atMost(ReplicaLab.LONG)
                    .until(() -> replica.metric("sonde_results_buffered") < PROBES / 10.0);
        }
        Instant ended = lab.pause(2);
        assertFew("database away", lab.finish().between(begun, ended), 0.0002, 0);
    }

    /// The others have the definitions of its share on their disks.
    @Test
    void oneIsKilledWhileTheDatabaseIsAway() throws Exception {
        startReplicas(3);
        Instant begun = lab.pause(1);
        lab.closeDatabase();
        lab.get(name(3)).signal("KILL");
        lab.pause(3);
        var _ = lab.openDatabase();
        for (int number = 1; number <= 2; number++) {
            ReplicaProcess replica = lab.get(name(number));
            await().atMost(ReplicaLab.LONG)
                    .until(() -> replica.metric("sonde_results_buffered") < PROBES / 10.0);
        }
        Instant ended = lab.pause(2);
        assertFew("killed without database", lab.finish().between(begun, ended), 0.05, 0.01);
    }

    /// The CPU of all processes for each run, of three replicas beside one.
    @Test
    void cpuOfARunGrowsLittleWithReplicas() throws Exception {
        startReplicas(1);
        double alone = cpuOfARun(1);
        startReplica(2);
        startReplica(3);
        lab.awaitTogether();
        double three = cpuOfARun(3);
        tell(
                "CPU a run: %.1f us of one, %.1f us of three: %.2f"
                        .formatted(alone, three, three / alone));
        assertThat(three / alone).isPositive();
    }

    private double cpuOfARun(int replicas) {
        lab.pause(2);
        Duration before = cpu(replicas);
        int intervals = 3;
        Instant start = Instant.now();
        Instant end = lab.pause(intervals);
        double runs =
                (double) Duration.between(start, end).toMillis() / INTERVAL.toMillis() * PROBES;
        return cpu(replicas).minus(before).toNanos() / 1_000.0 / runs;
    }

    private Duration cpu(int replicas) {
        Duration sum = Duration.ZERO;
        for (int number = 1; number <= replicas; number++) {
            sum = sum.plus(lab.get(name(number)).cpu());
        }
        return sum;
    }

    private static void assertFew(
            String what, RunLedger.Count count, double missed, double doubled) {
        tell(
                "%s: %d expected, %d missed (%.3f %%), %d doubled (%.3f %%)"
                        .formatted(
                                what,
                                count.expected(),
                                count.missed(),
                                100.0 * count.missed() / count.expected(),
                                count.doubled(),
                                100.0 * count.doubled() / count.expected()));
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
