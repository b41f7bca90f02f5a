package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.LabRequirement;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three replicas in processes of their own, with mutual TLS between them, of which one hangs and
/// comes back, one is killed and one leaves, while 5,000 probes run.
///
/// Not in every build: it takes more than a minute, and on an overloaded machine the two others
/// lose sight of each other for seconds while one hangs.
class ReplicaFailureTest {

    private static final int PROBES = 5_000;
    private static final Duration INTERVAL = Duration.ofSeconds(4);
    private static final Duration FAILURE_TIMEOUT = Duration.ofSeconds(3);

    @TempDir private Path directory;
    private EmbeddedPostgres postgres;
    private ServerSocket target;
    private MemberKeys keys;
    private final List<ReplicaProcess> all = new ArrayList<>();

    @BeforeAll
    static void requireTime() {
        LabRequirement.check(
                Boolean.getBoolean("sonde.test.replica-failure"),
                "a minute and three processes: -Dsonde.test.replica-failure=true runs it");
    }

    @BeforeEach
    void start() throws Exception {
        postgres = EmbeddedPostgres.start();
        target = new ServerSocket(0, 1_000, InetAddress.ofLiteral("127.0.0.1"));
        Thread.ofVirtual().start(this::accept);
        keys = MemberKeys.make(directory.resolve("members.p12"));
        for (String name : List.of("a", "b", "c")) {
            all.add(replica(name));
        }
        await().atMost(Duration.ofMinutes(3)).until(() -> areTogether(all));
    }

    @AfterEach
    void stop() throws IOException {
        all.forEach(ReplicaProcess::close);
        target.close();
        postgres.close();
    }

    @Test
    void probesGoOnWhenReplicasHangDieOrLeave() throws Exception {
        ReplicaProcess a = all.get(0);
        ReplicaProcess b = all.get(1);
        ReplicaProcess c = all.get(2);
        create(a);
        Instant begun = pause(INTERVAL);

        c.signal("STOP");
        Duration untilGivenUp = untilTogether(a, b);
        c.signal("CONT");
        Duration untilTakenIn = untilTogether(a, b, c);
        Instant merged = pause(INTERVAL);

        c.signal("KILL");
        Duration untilTakenOver = untilTogether(a, b);
        Instant taken = pause(INTERVAL);

        b.signal("TERM");
        Duration untilHandedOver = untilTogether(a);
        Instant ended = pause(INTERVAL);
        a.signal("TERM");
        await().until(() -> a.get("/actuator/health").isEmpty());

        RunLedger ledger = new RunLedger(postgres.getPostgresDatabase(), INTERVAL);
        RunLedger.Count hung = ledger.between(begun, merged);
        RunLedger.Count killed = ledger.between(merged.minus(INTERVAL), taken);
        RunLedger.Count left = ledger.between(taken.minus(INTERVAL), ended);
        System.out.printf(
                "hung: given up after %d ms, taken in again %d ms after its return, %s%n"
                        + "killed: taken over after %d ms, %s%nleft: handed over after %d ms, %s%n",
                untilGivenUp.toMillis(),
                untilTakenIn.toMillis(),
                hung,
                untilTakenOver.toMillis(),
                killed,
                untilHandedOver.toMillis(),
                left);
        assertThat(untilTakenOver).isLessThan(FAILURE_TIMEOUT.multipliedBy(3));
        for (RunLedger.Count count : List.of(hung, killed, left)) {
            assertThat(count.expected()).isPositive();
            assertThat(count.missed()).isLessThanOrEqualTo(count.expected() / 20);
            assertThat(count.doubled()).isLessThanOrEqualTo(count.expected() / 20);
        }
    }

    private void create(ReplicaProcess replica) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < PROBES; i++) {
            lines.append(
                    """
                    {"name":"probe-%d","target":"127.%d.%d.1:%d","interval":"%ds",\
                    "settings":{"timeout":"2s","close":"rst"}}
                    """
                            .formatted(i, 0, 0, target.getLocalPort(), INTERVAL.toSeconds()));
        }
        String answer =
                replica.post("/api/v1/probes/bulk", "application/x-ndjson", lines.toString())
                        .body();
        assertThat(answer).contains("\"created\":" + PROBES);
    }

    private static Duration untilTogether(ReplicaProcess... replicas) {
        Instant start = Instant.now();
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> areTogether(List.of(replicas)));
        return Duration.between(start, Instant.now());
    }

    /// Whether they see just each other, and own everything.
    private static boolean areTogether(List<ReplicaProcess> replicas) {
        double owned = 0;
        for (ReplicaProcess replica : replicas) {
            if (replica.meter("sonde_cluster_members") != replicas.size()) {
                return false;
            }
            owned += replica.meter("sonde_cluster_partitions_owned");
        }
        return owned == Rendezvous.PARTITIONS;
    }

    /// Lets probes run for a while.
    private static Instant pause(Duration time) {
        Instant until = Instant.now().plus(time);
        await().atMost(Duration.ofMinutes(1)).until(() -> Instant.now().isAfter(until));
        return Instant.now();
    }

    private ReplicaProcess replica(String name) throws IOException {
        List<String> arguments = new ArrayList<>(keys.arguments());
        arguments.addAll(
                List.of(
                        "--sonde.cluster.failure-timeout=" + FAILURE_TIMEOUT.toSeconds() + "s",
                        "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--spring.datasource.username=postgres"));
        return new ReplicaProcess(
                name,
                directory,
                Path.of("target", "replica-" + name + ".log"),
                arguments.toArray(String[]::new));
    }

    private void accept() {
        while (!target.isClosed()) {
            try (Socket accepted = target.accept()) {
                assertThat(accepted.isConnected()).isTrue();
            } catch (IOException _) {
                // The test is over, or a prober was faster with its RST.
            }
        }
    }
}
