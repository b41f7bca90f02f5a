package dev.sonde.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.AnnotatedClassFinder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// What a caller sees of a service that starts again, or loses its database.
class ServiceLifeTest {

    private static final String HOURLY = "{\"target\": \"127.0.0.1:%d\", \"interval\": \"1h\"}";

    @TempDir private Path directory;

    @Test
    void probeShowsItsLastResultWhenTheServiceStartsAgain() {
        String last;
        try (ConfigurableApplicationContext service = start();
                HttpCalls calls = new HttpCalls(port(service))) {
            String soon = HOURLY.formatted(port(service)).replace("1h", "100ms");
            calls.put("/probes/a", soon);
            await().until(() -> calls.get("/probes/a").at("/state").equals("up"));
            calls.put("/probes/a", HOURLY.formatted(port(service)));
            last = calls.get("/probes/a").at("/last/id");
        }
        try (ConfigurableApplicationContext service = start();
                HttpCalls calls = new HttpCalls(port(service))) {
            assertThat(calls.get("/probes/a").at("/last/id")).isEqualTo(last);
            assertThat(calls.get("/probes").at("/items/0/last/id")).isEqualTo(last);
        }
    }

    @Test
    void changeIsRefusedAndProbingGoesOnWhenTheDatabaseIsLost() {
        try (ConfigurableApplicationContext service = start();
                HttpCalls calls = new HttpCalls(port(service))) {
            String hourly = HOURLY.formatted(port(service));
            calls.put("/probes/a", hourly);
            service.getBean(HikariDataSource.class).close();
            Answer refused = calls.put("/probes/b", hourly);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.at("/type")).isEqualTo("urn:sonde:problem:store-unavailable");
            assertThat(refused.header("Retry-After")).contains("1");
            assertThat(calls.get("/probes/b").status()).isEqualTo(404);
            assertThat(calls.get("/probes/a").status()).isEqualTo(200);
            assertThat(calls.get("/probes/a/results").status()).isEqualTo(503);
            assertThat(calls.post("/probes/a/runs", "").at("/outcome")).isEqualTo("succeeded");
        }
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
