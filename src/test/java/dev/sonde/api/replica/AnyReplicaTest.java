package dev.sonde.api.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/// Lists, listeners without a replica, the document and the meters of each of two replicas.
@ExtendWith(ReplicaPair.Shared.class)
@ResourceLock("ReplicaPair")
class AnyReplicaTest {

    private static ReplicaPair pair;
    private static JdbcClient database;

    @BeforeAll
    static void start(ReplicaPair shared) {
        pair = shared;
        database = shared.first.getBean(JdbcClient.class);
    }

    @Test
    void deleteRemovesAListenerWhoseReplicaHasBeenSilentForAMinute() {
        addLost("silent", "{}");
        addSign("1 second");
        assertThat(pair.one.delete("/listeners/silent").status()).isEqualTo(410);
        addSign("61 seconds");
        assertThat(pair.two.delete("/listeners/silent", "If-Match", "\"a\"").status())
                .isEqualTo(410);
        assertThat(pair.two.delete("/listeners/silent").status()).isEqualTo(204);
        for (HttpCalls each : pair.both()) {
            assertThat(each.get("/listeners/silent").status()).isEqualTo(404);
        }
    }

    @Test
    void lostListenerOfASetIsTheBusinessOfTheSet() {
        addLost(
                "lost-of-set",
                "{\"bind\": \"127.0.0.1:1\", \"behaviour\": {\"type\": \"echo\"},"
                        + " \"source\": \"owner\"}");
        Answer refused = pair.one.delete("/listeners/lost-of-set");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.at("/type")).isEqualTo("urn:sonde:problem:owned-by-set");
        database.sql("delete from listener where name = 'lost-of-set'").update();
    }

    @Test
    void cursorOfOneReplicaIsValidAtTheOther() {
        String target = "{\"target\": \"127.0.0.1:" + pair.port() + "\", \"interval\": \"100ms\"}";
        for (String name : List.of("cursor-a", "cursor-b", "cursor-c")) {
            pair.one.put("/probes/" + name, target);
            await().until(() -> pair.two.get("/probes/" + name).status() == 200);
        }
        for (String list : List.of("/probes?limit=1", "/probes/cursor-a/results?limit=1")) {
            String next = await().until(() -> pair.one.get(list).at("/next"), n -> !n.isEmpty());
            String page = list + "&cursor=" + next;
            assertThat(pair.two.get(page).status()).as(list).isEqualTo(200);
            String second = first(pair.one, page);
            assertThat(second).isNotEmpty();
            await().until(() -> first(pair.two, page).equals(second));
        }
        List.of("cursor-a", "cursor-b", "cursor-c").forEach(n -> pair.one.delete("/probes/" + n));
    }

    private static String first(HttpCalls replica, String page) {
        JsonNode item = replica.get(page).json().at("/items/0");
        return item.path("name").asString("") + item.path("id").asString("");
    }

    @Test
    void headersForReplicasAreDescribedInTheDocument() {
        JsonNode paths = pair.one.root("/v3/api-docs").json().path("paths");
        JsonNode read = paths.path("/api/v1/probes/{name}").path("get");
        JsonNode change = paths.path("/api/v1/probes/{name}").path("put");
        assertThat(read.at("/responses/200/headers").has("Sonde-Version")).isTrue();
        assertThat(change.at("/responses/200/headers").has("Sonde-Version")).isTrue();
        // A parameter would be an argument of each generated method.
        assertThat(headers(read)).doesNotContain("Sonde-Version", "Sonde-No-Forward");
        assertThat(headers(paths.path("/api/v1/checks/{id}").path("delete"))).isEmpty();
    }

    private static List<String> headers(JsonNode operation) {
        return operation
                .path("parameters")
                .valueStream()
                .filter(each -> each.path("in").asString().equals("header"))
                .map(each -> each.path("name").asString())
                .toList();
    }

    /// No run is in a row of the database yet. The probe is paused, so their number stays.
    @Test
    void historyIsTheSameAtEachReplicaWhileItsRunsAreInMemory() {
        String target = "{\"target\": \"127.0.0.1:" + pair.port() + "\", \"interval\": \"100ms\"";
        pair.one.put("/probes/rolled", target + ", \"labels\": {\"rolled\": \"up\"}}");
        String path = "/probes/rolled";
        await().until(
                        () ->
                                pair.two
                                                .get(path + "/results?limit=1000")
                                                .json()
                                                .path("items")
                                                .size()
                                        > 1);
        pair.two.patch(path, "{\"paused\": true}");
        await().untilAsserted(
                        () -> {
                            int kept =
                                    pair.one
                                            .get(path + "/results?limit=1000")
                                            .json()
                                            .path("items")
                                            .size();
                            for (HttpCalls each : pair.both()) {
                                JsonNode stats = each.get(path + "/stats?window=1h").json();
                                assertThat(stats.at("/items/0/runs").asInt()).isEqualTo(kept);
                                assertThat(stats.at("/items/0/uptime").asDouble()).isEqualTo(1);
                                assertThat(stats.has("incomplete")).isFalse();
                                assertThat(each.get("/stats?label=rolled=up").at("/items/0/runs"))
                                        .isEqualTo(String.valueOf(kept));
                                assertThat(each.get(path + "/series").json().path("items"))
                                        .isNotEmpty();
                            }
                        });
        assertThat(pair.one.get("/status/held-runs?probe=rolled").status()).isEqualTo(404);
        pair.one.delete(path);
    }

    @Test
    void forwardedRequestsAreCountedInAScrape() {
        pair.one.put(
                "/listeners/counted",
                "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"}}");
        double before = answered();
        assertThat(pair.two.get("/listeners/counted").status()).isEqualTo(200);
        assertThat(answered()).isGreaterThanOrEqualTo(before + 1);
        assertThat(pair.two.root("/actuator/prometheus").text())
                .contains("sonde_forward_open ")
                .contains("sonde_forward_requests_total{end=\"gone\"} ")
                .contains("sonde_forward_requests_total{end=\"refused\"} ")
                .contains("sonde_forward_requests_total{end=\"unreachable\"} ");
    }

    private static double answered() {
        String series = "sonde_forward_requests_total{end=\"answered\"} ";
        return pair.two
                .root("/actuator/prometheus")
                .text()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                .sum();
    }

    private static void addLost(String name, String definition) {
        database.sql(
                        "insert into listener (name, definition, since, paused, replica, checksum)"
                                + " values (?, ?, 0, false, 'four', 0)")
                .params(name, definition)
                .update();
    }

    /// The last sign of life of the replica that is lost.
    private static void addSign(String age) {
        database.sql(
                        "insert into replica_seen values"
                                + " ('00000000-0000-4000-8000-000000000004', 'four',"
                                + " clock_timestamp() - cast(? as interval))"
                                + " on conflict (member) do update set at = excluded.at")
                .param(age)
                .update();
    }
}
