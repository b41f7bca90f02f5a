package dev.sonde.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.EventReader;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.replica.ReplicaPair;
import dev.sonde.cluster.Replicas;
import dev.sonde.definition.DefinitionFiles;
import dev.sonde.definition.MountedFiles;
import dev.sonde.schedule.Schedules;
import dev.sonde.schedule.plan.ProbeFigures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.context.ConfigurableApplicationContext;

/// What callers of two replicas on one PostgreSQL see, whichever of them they ask.
@ExtendWith(ReplicaPair.Shared.class)
@ResourceLock("ReplicaPair")
class ReplicasTest {

    private static final String HOURLY = "{\"target\": \"127.0.0.1:%d\", \"interval\": \"1h\"}";
    private static final String OFTEN =
            "{\"target\": \"127.0.0.1:%d\", \"interval\": \"100ms\", \"rise\": 1, \"settings\":"
                    + " {\"timeout\": \"100ms\", \"close\": \"rst\"}}";

    private static final String[] STAY = {"Sonde-No-Forward", "1"};
    private static final String JSON = "application/json";

    private static Path directory;
    private static ConfigurableApplicationContext first;
    private static ConfigurableApplicationContext second;
    private static HttpCalls one;
    private static HttpCalls two;
    private static int port;

    /// The lease of a replica that has let go expires after ten seconds.
    private static final Duration LEASE = Duration.ofMinutes(1);

    @BeforeAll
    static void start(ReplicaPair pair) {
        directory = pair.directory;
        first = pair.first;
        second = pair.second;
        one = pair.one;
        two = pair.two;
        port = pair.port();
    }

    @Test
    void everyProbeHasOneOwnerAndBothReplicasNameIt() {
        List<String> names = IntStream.range(0, 20).mapToObj(i -> "owned-" + i).toList();
        names.forEach(name -> one.put("/probes/" + name, HOURLY.formatted(port)));
        await().until(() -> two.get("/probes/owned-19").status() == 200);
        List<String> owners =
                names.stream().map(name -> one.get("/probes/" + name).at("/owner")).toList();
        assertThat(names.stream().map(name -> two.get("/probes/" + name).at("/owner")).toList())
                .isEqualTo(owners);
        assertThat(owners).contains("one", "two");
        String others = names.get(owners.indexOf("two"));
        assertThat(one.get("/probes/" + others).at("/nextRunAt")).isEmpty();
        assertThat(two.get("/probes/" + others).at("/nextRunAt")).isNotEmpty();
    }

    @Test
    void changeTakesEffectAtTheOwnerWhenTheOtherReplicaIsAsked() {
        String name = nameOwnedBy("two");
        one.put("/probes/" + name, OFTEN.formatted(port));
        await().atMost(Duration.ofSeconds(3))
                .until(() -> "up".equals(two.get("/probes/" + name).at("/state")));
        assertThat(two.get("/probes/" + name).at("/last/replica")).isEqualTo("two");
        // What the owner finds, the other one knows as well.
        await().until(() -> "up".equals(one.get("/probes/" + name).at("/state")));
        await().until(() -> "two".equals(one.get("/probes/" + name).at("/last/replica")));
        await().until(() -> one.get("/probes?state=up").text().contains(name));
        await().until(
                        () ->
                                one.get("/probes/" + name + "/results")
                                        .text()
                                        .contains("\"replica\":\"two\""));
        one.delete("/probes/" + name);
        await().until(() -> two.get("/probes/" + name).status() == 404);
        assertThat(owned(second)).doesNotContain(name);
    }

    @Test
    void preconditionIsHeldAgainstTheNewestDefinitionWhicheverReplicaIsAsked() {
        String name = nameOwnedBy("one");
        String tag = one.put("/probes/" + name, HOURLY.formatted(port)).header("ETag");
        Answer changed = two.put("/probes/" + name, HOURLY.formatted(1), "If-Match", tag);
        assertThat(changed.status()).isEqualTo(200);
        Answer refused = one.put("/probes/" + name, HOURLY.formatted(2), "If-Match", tag);
        assertThat(refused.status()).isEqualTo(412);
        assertThat(one.post("/probes", named(name)).status()).isEqualTo(409);
    }

    @Test
    void subscriberSeesEventsOfTheOtherReplica() {
        String name = nameOwnedBy("two");
        try (EventReader events = new EventReader(port, "?probe=" + name)) {
            two.put("/probes/" + name, OFTEN.formatted(port));
            // The other replica begins when the first one has let go of the probe.
            Set<String> missing = new HashSet<>(Set.of("\"replica\":\"two\"", "\"to\":\"up\""));
            while (!missing.isEmpty()) {
                String event = next(events).data();
                missing.removeIf(event::contains);
            }
        }
        one.delete("/probes/" + name);
    }

    @Test
    void runIsMadeByTheReplicaThatIsAsked() {
        String name = nameOwnedBy("two");
        one.put("/probes/" + name, HOURLY.formatted(port));
        Answer run = one.post("/probes/" + name + "/runs", "");
        assertThat(run.at("/outcome")).isEqualTo("succeeded");
        assertThat(run.at("/replica")).isEqualTo("one");
        assertElsewhere(two.get("/results/" + run.at("/id"), STAY), "one");
        assertThat(one.get("/results/" + run.at("/id")).status()).isEqualTo(200);
    }

    @Test
    void checkIsAnsweredByTheReplicaThatHasItAndTheOtherSaysWhere() {
        String check =
                one.post("/checks?wait=false", "{\"targets\": [\"127.0.0.1:%d\"]}".formatted(port))
                        .at("/id");
        assertThat(one.get("/checks/" + check).status()).isEqualTo(200);
        assertElsewhere(two.get("/checks/" + check, STAY), "one");
        assertElsewhere(two.get("/checks/" + check + "/results", STAY), "one");
        assertElsewhere(two.delete("/checks/" + check, STAY), "one");
        assertThat(two.get("/checks/00000000-0000-4000-8000-000000000000").status()).isEqualTo(404);
    }

    @Test
    void listenerIsAnsweredByTheReplicaThatHasItAndTheOtherSaysWhere() {
        String body =
                "{\"name\": \"lone\", \"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\":"
                        + " \"echo\"}}";
        assertThat(one.post("/listeners", body).status()).isEqualTo(201);
        assertThat(one.get("/listeners/lone").status()).isEqualTo(200);
        assertElsewhere(two.get("/listeners/lone", STAY), "one");
        assertElsewhere(two.get("/listeners/lone/connections", STAY), "one");
        assertElsewhere(two.with("POST", "/listeners/lone/pause", JSON, "", STAY), "one");
        assertThat(two.post("/listeners", body).status()).isEqualTo(409);
        assertElsewhere(two.delete("/listeners/lone", STAY), "one");
        assertThat(one.delete("/listeners/lone").status()).isEqualTo(204);
        assertThat(two.get("/listeners/lone").status()).isEqualTo(404);
    }

    @Test
    void authorityAndItsCertificatesAreTheSameAtEachReplica() {
        String spec = "{\"name\": \"%s\", \"kind\": \"client\"}";
        assertThat(one.post("/certificates", spec.formatted("a")).status()).isEqualTo(201);
        assertThat(two.post("/certificates", spec.formatted("b")).status()).isEqualTo(201);
        assertThat(two.post("/certificates", spec.formatted("a")).status()).isEqualTo(409);
        for (String path : List.of("/certificates", "/certificates/a", "/certificates/ca")) {
            assertThat(one.get(path).text()).isEqualTo(two.get(path).text());
        }
        assertThat(two.delete("/certificates/a").status()).isEqualTo(204);
        assertThat(one.get("/certificates/a").text()).contains("never issued, or was deleted");
    }

    @Test
    void aSetAndItsSourcesAreTheSameWhenEachReplicaMountsTheFiles() throws IOException {
        Path file =
                Files.writeString(
                        directory.resolve("set.yaml"),
                        """
                        defaults: {probe: {interval: 24h}}
                        probes: {mounted: {target: "127.0.0.1:9"}}
                        sources: [{name: list, file_sd: {files: [list.json], refresh: 1s}}]
                        """);
        Files.writeString(directory.resolve("list.json"), "[{\"targets\": [\"127.0.0.1:8\"]}]");
        DefinitionFiles atOne = MountedFiles.of(first, file);
        DefinitionFiles atTwo = MountedFiles.of(second, file);
        atOne.reload();
        atTwo.reload();
        for (HttpCalls each : List.of(one, two)) {
            await().until(() -> each.get("/probes/mounted").at("/source").equals("files"));
            await().until(() -> each.get("/probes/127.0.0.1-8").at("/source").equals("files:list"));
        }
        await().atMost(LEASE).until(() -> readers() == 1);
        MountedFiles.unmount(second, atTwo);
        MountedFiles.unmount(first, atOne);
        await().until(() -> two.get("/probes/127.0.0.1-8").status() == 404);
    }

    /// Replicas that read the source, asked without forwarding.
    private static long readers() {
        return Stream.of(one, two)
                .filter(
                        each ->
                                each.get("/definitions/files", STAY)
                                        .at("/sources/0/status/readHere")
                                        .equals("true"))
                .count();
    }

    private static void assertElsewhere(Answer answer, String replica) {
        assertThat(answer.status()).isEqualTo(421);
        assertThat(answer.at("/type")).isEqualTo("urn:sonde:problem:held-by-another-replica");
        assertThat(answer.at("/replica")).isEqualTo(replica);
        assertThat(answer.at("/replicaUrl")).isEqualTo("http://127.0.0.1:" + port);
    }

    private static EventReader.Sent next(EventReader events) {
        try {
            return events.next();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String named(String name) {
        return HOURLY.formatted(port).replaceFirst("\\{", "{\"name\": \"" + name + "\", ");
    }

    /// A name that nobody has used yet.
    private static String nameOwnedBy(String replica) {
        Replicas replicas = first.getBean(Replicas.class);
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "probe-" + System.nanoTime() + "-" + i)
                .filter(name -> replicas.ownerOf(name).equals(replica))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> owned(ConfigurableApplicationContext replica) {
        ProbeFigures figures = replica.getBean(Schedules.class).figures();
        return IntStream.range(0, figures.size())
                .filter(figures::isOwned)
                .mapToObj(i -> figures.definition(i).name())
                .toList();
    }
}
