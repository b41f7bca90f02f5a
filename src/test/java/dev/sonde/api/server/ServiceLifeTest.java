package dev.sonde.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.EventReader;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.event.EventDispatcher;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.result.EventLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.AnnotatedClassFinder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/// A service that loses its database, and one that stops, as a caller sees them.
@ExtendWith(OutputCaptureExtension.class)
@SuppressWarnings("NullAway") // a null fails the test
class ServiceLifeTest {

    @TempDir private Path directory;

    @Test
    void changeIsRefusedAndProbingGoesOnWhenTheDatabaseIsLost() throws Exception {
        try (ConfigurableApplicationContext service = start();
                HttpCalls calls = new HttpCalls(port(service))) {
            String hourly =
                    "{\"target\": \"127.0.0.1:%d\", \"interval\": \"1h\"}".formatted(port(service));
            calls.put("/probes/a", hourly);
            DataSource writer = service.getBean(DelegatingDataSource.class).getTargetDataSource();
            ((AutoCloseable) writer).close();
            Answer refused = calls.put("/probes/b", hourly);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.at("/type")).isEqualTo("urn:sonde:problem:store-unavailable");
            assertThat(refused.header("Retry-After")).contains("1");
            assertThat(calls.get("/probes/b").status()).isEqualTo(404);
            assertThat(calls.get("/probes/a").status()).isEqualTo(200);
            assertThat(calls.get("/probes/a/results").status()).isEqualTo(200);
            assertThat(calls.post("/probes/a/runs", "").at("/outcome")).isEqualTo("succeeded");
        }
    }

    /// The last chunk tells a stream that has ended from one that broke off: a client that misses
    /// it fails. Nor does a reader that does not read hold anybody up.
    @Test
    void streamsEndWholeAndAtOnceWhenTheServiceStops(CapturedOutput log) throws IOException {
        ConfigurableApplicationContext service = start();
        int port = port(service);
        try (HttpClient client = HttpClient.newHttpClient();
                EventReader stuck = new EventReader(port, "")) {
            URI stream = URI.create("http://127.0.0.1:" + port + "/api/v1/events?probe=none");
            List<CompletableFuture<HttpResponse<String>>> idle =
                    Stream.generate(() -> HttpRequest.newBuilder(stream).build())
                            .limit(20)
                            .map(request -> client.sendAsync(request, BodyHandlers.ofString()))
                            .toList();
            EventDispatcher dispatcher = service.getBean(EventDispatcher.class);
            await().until(() -> dispatcher.subscribers() == 21);
            EventLog events = service.getBean(EventLog.class);
            for (int i = 0; i < 30_000; i++) {
                events.accept(paused("p-" + i));
            }
            service.close();
            // Where a request holds it up, the server gives up after 10 s and says so.
            assertThat(log).contains("Graceful shutdown complete").doesNotContain("aborted with");
            for (CompletableFuture<HttpResponse<String>> ended : idle) {
                assertThat(ended.join().body()).isNotBlank();
            }
            assertThat(stuck.status()).contains(" 200 ");
        }
    }

    private static Transition paused(String probe) {
        return new Transition(
                probe, ProbeState.UP, ProbeState.PAUSED, Instant.EPOCH, Transition.Cause.PAUSED);
    }

    private static int port(ConfigurableApplicationContext service) {
        return ((WebServerApplicationContext) service).getWebServer().getPort();
    }

    private ConfigurableApplicationContext start() {
        Class<?> application =
                new AnnotatedClassFinder(SpringBootConfiguration.class).findFromClass(getClass());
        return SpringApplication.run(
                application, "--server.port=0", "--sonde.data-dir=" + directory);
    }
}
