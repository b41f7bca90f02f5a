package dev.sonde.cluster;

import static dev.sonde.cluster.ReplicaLab.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The CPU of a run of processes that share nothing but the cores, each with a database of its own:
/// three with a third of the probes, one with a third, one with all. Replicas cannot need less. It
/// needs a machine with nothing else to do.
///
/// `mvn -Pattack -Dtest=SharedCoresTest -Dtest.replicas.probes=20000 verify` has 5,000 runs a
/// second.
@Tag("attack")
class SharedCoresTest {

    private static final int PROBES = Integer.getInteger("test.replicas.probes", 20_000);

    @TempDir private Path directory;
    private ReplicaLab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new ReplicaLab(directory, Duration.ofSeconds(4), Duration.ofSeconds(5));
        lab.arguments().removeIf(argument -> argument.startsWith(ReplicaLab.DATABASE));
        lab.java().addAll(ReplicaLedgerTest.JAVA);
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void cpuOfARunGrowsWithTheNumberOfProcesses() throws Exception {
        for (int number = 1; number <= 3; number++) {
            start(number);
        }
        CpuOfRuns ofThree = cpu(1, 2, 3);
        lab.stop(name(2));
        lab.stop(name(3));
        CpuOfRuns ofAThird = cpu(1);
        lab.create(lab.get(name(1)).port(), PROBES / 3, PROBES);
        CpuOfRuns ofOne = cpu(1);
        lab.stop(name(1));
        CpuOfRuns.RunCount first = lab.ledger(name(1));
        double one = ofOne.median(first);
        double third = ofAThird.median(first);
        double three = ofThree.median(sum(first, lab.ledger(name(2)), lab.ledger(name(3))));
        tell(
                "CPU a run: %.1f us of one, %.1f us of one with a third: %.2f, of three: %.2f"
                        .formatted(one, third, third / one, three / one));
        assertThat(three / one).isPositive();
    }

    private static CpuOfRuns.RunCount sum(CpuOfRuns.RunCount... counts) {
        return (from, to) -> Arrays.stream(counts).mapToLong(count -> count.runs(from, to)).sum();
    }

    private CpuOfRuns cpu(int... numbers) throws Exception {
        lab.pause(2);
        List<ReplicaProcess> replicas = new ArrayList<>();
        for (int number : numbers) {
            replicas.add(lab.get(name(number)));
        }
        return new CpuOfRuns(lab, replicas).measure();
    }

    private void start(int number) throws Exception {
        ReplicaProcess started =
                lab.start(
                        name(number),
                        lab.openDatabase(name(number)),
                        "--sonde.cluster.bind-address=127.77.0." + number);
        await().atMost(ReplicaLab.LONG).until(() -> started.status().isPresent());
        lab.create(started.port(), 0, PROBES / 3);
    }

    private static String name(int number) {
        return "single" + number;
    }
}
