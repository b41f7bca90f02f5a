package dev.sonde.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.Starter;
import dev.sonde.api.HttpCalls;
import dev.sonde.lab.LabRequirement;
import dev.sonde.lab.SmallDisk;
import dev.sonde.store.ResultWriter;
import dev.sonde.store.StoreHealth;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// The whole service, on a disk that is full for a while.
class FullDiskTest {

    private static final int DISK_MEBIBYTES = 32;
    private static final int PROBES = 100;

    @TempDir private Path directory;

    @Test
    void probingGoesOnResultsWaitAndLossesAreCountedWhileTheDiskIsFull() throws Exception {
        LabRequirement.rootWith("mount", "umount");
        try (SmallDisk disk = SmallDisk.mount(directory, DISK_MEBIBYTES);
                ConfigurableApplicationContext service =
                        Starter.start(
                                directory,
                                "--sonde.results.buffer=1000",
                                "--sonde.results.disk-reserve=2MB",
                                "--sonde.results.write-every=10ms");
                HttpCalls calls = new HttpCalls(Starter.port(service))) {
            ResultWriter writer = service.getBean(ResultWriter.class);
            define(calls, Starter.port(service));
            await().until(() -> writer.health().written() > PROBES);

            disk.fill();
            await().atMost(Duration.ofSeconds(30)).until(() -> writer.health().lost() > 0);
            assertThat(writer.health().failing()).isNotNull();
            assertThat(get(service, "/actuator/health"))
                    .contains("\"store\":{\"details\":{\"buffered\":")
                    .doesNotContain("\"lost\":0");
            assertThat(get(service, "/actuator/health/readiness")).contains("\"status\":\"UP\"");
            assertThat(get(service, "/actuator/prometheus"))
                    .containsPattern("sonde_results_buffered \\d{3,}")
                    .containsPattern("sonde_results_lost_total [1-9]");
            awaitNextRun(calls);

            disk.free();
            await().atMost(Duration.ofSeconds(30)).until(() -> isWriting(writer.health()));
            // The run before may be one of those that were lost.
            String afterwards = awaitNextRun(calls);
            await().until(
                            () ->
                                    calls.get("/probes/p-0/results?limit=1000")
                                            .text()
                                            .contains(afterwards));
            assertThat(calls.put("/probes/new", line("new", 1)).status()).isEqualTo(201);
            assertThat(get(service, "/actuator/health")).contains("\"lastError\":");
        }
    }

    private static boolean isWriting(StoreHealth health) {
        return health.failing() == null && health.buffered() < PROBES;
    }

    private static String awaitNextRun(HttpCalls calls) {
        String before = calls.get("/probes/p-0").at("/last/id");
        return await().until(
                        () -> calls.get("/probes/p-0").at("/last/id"), id -> !id.equals(before));
    }

    private static void define(HttpCalls calls, int target) {
        String lines =
                IntStream.range(0, PROBES)
                        .mapToObj(i -> line("p-" + i, target))
                        .collect(Collectors.joining("\n"));
        assertThat(calls.post("/probes/bulk", "application/x-ndjson", lines).status())
                .isEqualTo(200);
    }

    private static String line(String name, int target) {
        return """
        {"name": "%s", "target": "127.0.0.1:%d", "interval": "100ms", "settings": {"close": "rst"}}"""
                .formatted(name, target)
                .strip();
    }

    private static String get(ConfigurableApplicationContext service, String path)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + Starter.port(service) + path);
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(uri).build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }
}
