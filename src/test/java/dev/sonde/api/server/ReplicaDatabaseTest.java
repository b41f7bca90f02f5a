package dev.sonde.api.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.Starter;
import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.lab.Endpoints;
import dev.sonde.probe.keeping.HistoryQuery;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.store.ResultWriter;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// A replica whose PostgreSQL goes away and comes back.
class ReplicaDatabaseTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir private Path directory;

    @Test
    void probingGoesOnAndNothingIsLostWhenTheDatabaseGoesAndComesBack() throws IOException {
        int databasePort = Endpoints.freePort();
        EmbeddedPostgres postgres = postgres(databasePort);
        try (ConfigurableApplicationContext replica = replica(postgres);
                HttpCalls calls = new HttpCalls(Starter.port(replica))) {
            String often =
                    "{\"target\": \"127.0.0.1:%d\", \"interval\": \"100ms\", \"rise\": 1, \"settings\": {\"timeout\": \"100ms\", \"close\": \"rst\"}}"
                            .formatted(Starter.port(replica));
            ResultWriter writer = replica.getBean(ResultWriter.class);
            calls.put("/probes/a", often);
            await().atMost(LONG).until(() -> writer.health().written() > 3);
            Answer off = calls.post("/certificates", "{\"name\": \"x\", \"kind\": \"client\"}");
            assertThat(off.status()).isEqualTo(409);
            assertThat(off.at("/type")).isEqualTo("urn:sonde:problem:authority-off");
            assertThat(off.at("/detail")).contains("sonde.authority.key-file");
            postgres.close();
            Instant gone = Instant.now();
            Answer refused = calls.put("/probes/b", often);
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.at("/type")).isEqualTo("urn:sonde:problem:store-unavailable");
            await().atMost(LONG).until(() -> writer.health().buffered() > 20);
            assertThat(calls.get("/probes/a").at("/state")).isEqualTo("up");
            assertThat(calls.post("/probes/a/runs", "").at("/outcome")).isEqualTo("succeeded");
            Instant back = Instant.now();
            postgres = postgres(databasePort);
            await().atMost(LONG).until(() -> calls.put("/probes/b", often).status() == 201);
            await().atMost(LONG).until(() -> writer.health().failing() == null);
            await().atMost(LONG).until(() -> writer.health().buffered() < 20);
            assertThat(writer.health().lost()).isZero();
            long runs = Duration.between(gone, back).toMillis() / 100;
            HistoryQuery between = new HistoryQuery(gone, back, null, null, 1_000);
            assertThat(replica.getBean(ProbeHistory.class).results("a", between).items())
                    .hasSizeGreaterThan((int) Math.min(runs / 2, 900));
        } finally {
            postgres.close();
        }
    }

    private ConfigurableApplicationContext replica(EmbeddedPostgres postgres) {
        return Starter.start(
                directory.resolve("data"),
                "--sonde.replica=one",
                "--sonde.cluster.enabled=true",
                "--sonde.cluster.insecure=true",
                "--sonde.cluster.port=0",
                "--sonde.cluster.poll-every=200ms",
                "--spring.datasource.hikari.connection-timeout=500",
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres");
    }

    private EmbeddedPostgres postgres(int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
    }
}
