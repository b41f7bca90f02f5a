package dev.sonde.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Checks, probes and listeners beside each other for `-Dsonde.soak.seconds`, ten minutes where
/// that is not given: each result once, and nothing is left over.
@Tag("attack")
class SoakTest {

    private static final int PROBES = 5_000;
    private static final int LISTENERS = 50;
    private static final int CLIENTS = 5;
    private static final int SPARE_DESCRIPTORS = 30;
    private static final int SPARE_THREADS = 20;

    private static final String SUCCEEDED = "sonde_probe_attempts_total{outcome=\"succeeded\"";

    /// Runs that a deletion ends: each was accepted and has no result.
    private static final int MOST_ENDED = 500;

    @TempDir private Path directory;

    private record Figures(int descriptors, int threads, long heapBytes) {
        static Figures of(AttackedService service) throws IOException {
            return new Figures(service.descriptors(), service.threads(), service.liveHeap());
        }
    }

    @Test
    void everyResultIsCountedOnceAndNothingIsLeftOver() throws Exception {
        try (CountingAcceptor checked = new CountingAcceptor();
                CountingAcceptor probed = new CountingAcceptor();
                AttackedService service = new AttackedService(directory.resolve("data"), "512m")) {
            List<Integer> ports = listeners(service);
            Figures before = Figures.of(service);
            putProbes(service, probed.port());
            SoakLoad load = new SoakLoad(service);
            apply(load, checked.port(), ports);
            deleteProbes(service);
            verifyCounts(service, load, checked, probed);
            Figures after = afterwards(service);
            System.out.printf("before %s%nafter  %s%n", before, after);
            assertThat(after.descriptors())
                    .isLessThanOrEqualTo(before.descriptors() + SPARE_DESCRIPTORS);
            assertThat(after.threads()).isLessThanOrEqualTo(before.threads() + SPARE_THREADS);
            assertThat(service.printed()).doesNotContain("\tat ");
        }
    }

    private static void apply(SoakLoad load, int port, List<Integer> ports) {
        long untilNanos = System.nanoTime() + FuzzSettings.soak().toNanos();
        BooleanSupplier isEnough = () -> System.nanoTime() - untilNanos > 0;
        List<CompletableFuture<Void>> all = new ArrayList<>();
        all.add(load.check("127.64.0.0/20:" + port, isEnough));
        for (int i = 0; i < CLIENTS; i++) {
            all.add(load.call(ports, isEnough));
        }
        all.forEach(CompletableFuture::join);
    }

    private static void verifyCounts(
            AttackedService service,
            SoakLoad load,
            CountingAcceptor checked,
            CountingAcceptor probed)
            throws Exception {
        await().until(() -> metric(service, "sonde_results_buffered") == 0);
        long written = metric(service, "sonde_results_written_total");
        long skipped = metric(service, "sonde_schedule_skipped_total");
        System.out.printf(
                "check results %d, probe results %d (skipped %d), client connections %d%n",
                load.results(), written, skipped, load.connections());
        await().untilAsserted(() -> assertThat(checked.accepted()).isEqualTo(load.succeeded()));
        assertThat(load.results()).isEqualTo(load.succeeded());
        assertThat(metric(service, "sonde_results_lost_total")).isZero();
        long succeeded = metric(service, SUCCEEDED) - load.succeeded();
        System.out.printf("probes: accepted %d, succeeded %d%n", probed.accepted(), succeeded);
        assertThat(written).isGreaterThanOrEqualTo(succeeded);
        assertThat(probed.accepted()).isBetween(succeeded, succeeded + MOST_ENDED);
        assertThat(accepted(service)).isEqualTo(load.connections());
    }

    private static Figures afterwards(AttackedService service) throws Exception {
        Duration quiet = Duration.ofSeconds(2);
        await().pollInterval(quiet).until(() -> metric(service, "sonde_attempts_in_flight") == 0);
        return Figures.of(service);
    }

    private static List<Integer> listeners(AttackedService service) throws Exception {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < LISTENERS; i++) {
            String listener =
                    "{\"name\":\"soak-%d\",\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"echo\"}}"
                            .formatted(i);
            JsonNode made =
                    json(
                            service.send("POST", "/api/v1/listeners", "application/json", listener)
                                    .body());
            String address = made.path("address").asString();
            ports.add(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
        }
        return ports;
    }

    private static void putProbes(AttackedService service, int port) throws Exception {
        String lines =
                IntStream.range(0, PROBES)
                        .mapToObj(
                                i ->
                                        "{\"name\":\"soak-%d\",\"target\":\"127.128.%d.%d:%d\",\"interval\":\"1s\",\"labels\":{\"soak\":\"yes\"},\"settings\":{\"close\":\"rst\"}}"
                                                .formatted(i, i / 250, i % 250 + 1, port))
                        .collect(Collectors.joining("\n"));
        String answer =
                service.send("POST", "/api/v1/probes/bulk", "application/x-ndjson", lines).body();
        assertThat(json(answer).path("created").asInt()).as(answer).isEqualTo(PROBES);
    }

    private static void deleteProbes(AttackedService service) throws Exception {
        for (int i = 0; i < PROBES; i++) {
            String path = "/api/v1/probes/soak-" + i;
            assertThat(service.send("DELETE", path, "text/plain", "").statusCode()).isEqualTo(204);
        }
    }

    private static long accepted(AttackedService service) throws Exception {
        JsonNode page = json(service.get("/api/v1/listeners?limit=1000").body());
        return page.path("items")
                .valueStream()
                .mapToLong(one -> one.path("connections").path("accepted").asLong())
                .sum();
    }

    /// The sum of a metric's series.
    private static long metric(AttackedService service, String name) throws Exception {
        Pattern line = Pattern.compile("(?m)^" + Pattern.quote(name) + "(?:[{,][^}]*})? (\\S+)$");
        return (long)
                line.matcher(service.get("/actuator/prometheus").body())
                        .results()
                        .mapToDouble(found -> Double.parseDouble(found.group(1)))
                        .sum();
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }
}
