package dev.sonde.definition;

import static org.awaitility.Awaitility.await;

import dev.sonde.Starter;
import dev.sonde.listen.Listeners;
import dev.sonde.schedule.Schedules;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/// Three replicas that mount the same files.
@Tag("attack")
class SetReplicasTest {

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final String LIST = "[{\"targets\": [\"127.0.0.1:%d\"]}]";

    @TempDir Path directory;

    /// Each of them is stopped in turn, the one that reads the source first.
    @Test
    void aSetAndItsSourceGoOnWhenEachReplicaButOneFails() throws IOException, SQLException {
        Files.writeString(directory.resolve("list.json"), LIST.formatted(1));
        Files.writeString(
                directory.resolve("set.yaml"),
                """
                defaults: {probe: {interval: 24h}}
                probes: {mounted: {target: "127.0.0.1:9"}}
                listeners: {held: {bind: "127.0.0.1:0", behaviour: {type: echo}}}
                sources: [{name: list, file_sd: {files: [list.json], refresh: 1s}}]
                """);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            List<ConfigurableApplicationContext> replicas = new ArrayList<>();
            for (String name : List.of("one", "two", "three")) {
                replicas.add(replica(name, postgres));
            }
            replicas.forEach(each -> awaitOwned(each, 1));
            for (int port = 2; port <= 3; port++) {
                ConfigurableApplicationContext failing = reader(replicas);
                failing.close();
                replicas.remove(failing);
                age(postgres);
                Files.writeString(directory.resolve("list.json"), LIST.formatted(port));
                int changed = port;
                replicas.forEach(each -> awaitOwned(each, changed));
                await().atMost(LONGEST).until(() -> replicas.stream().anyMatch(this::holds));
            }
            replicas.forEach(ConfigurableApplicationContext::close);
        }
    }

    private boolean holds(ConfigurableApplicationContext replica) {
        return replica.getBean(Listeners.class).get("held").isPresent();
    }

    /// The signs of life are of two minutes ago. Replicas that live write them again.
    private static void age(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update replica_seen set at = at - interval '2 minutes'");
        }
    }

    private static void awaitOwned(ConfigurableApplicationContext replica, int port) {
        Schedules schedules = replica.getBean(Schedules.class);
        await().atMost(LONGEST).until(() -> schedules.find("mounted").isPresent());
        await().atMost(LONGEST)
                .until(
                        () ->
                                replica
                                        .getBean(DefinitionSets.class)
                                        .catalog()
                                        .probes("files:list")
                                        .stream()
                                        .map(each -> each.name())
                                        .toList()
                                        .equals(List.of("127.0.0.1-" + port)));
    }

    private static ConfigurableApplicationContext reader(
            List<ConfigurableApplicationContext> replicas) {
        return await().atMost(LONGEST)
                .until(
                        () ->
                                replicas.stream()
                                        .filter(
                                                each ->
                                                        !each.getBean(DefinitionSources.class)
                                                                .of(DefinitionFiles.SET)
                                                                .isEmpty())
                                        .findFirst()
                                        .orElse(null),
                        found -> found != null);
    }

    private ConfigurableApplicationContext replica(String name, EmbeddedPostgres postgres) {
        return Starter.start(
                directory.resolve(name),
                "--sonde.replica=" + name,
                "--sonde.cluster.enabled=true",
                "--sonde.cluster.insecure=true",
                "--sonde.cluster.port=0",
                "--sonde.definitions.files=" + directory.resolve("set.yaml"),
                "--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"),
                "--spring.datasource.username=postgres");
    }
}
