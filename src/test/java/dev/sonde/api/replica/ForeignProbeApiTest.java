package dev.sonde.api.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.schedule.Schedules;
import dev.sonde.schedule.plan.ProbeFigures;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/// Probes of a set at each of two replicas, of which each runs some and has only the names of the
/// others in memory.
@ExtendWith(ReplicaPair.Shared.class)
@ResourceLock("ReplicaPair")
class ForeignProbeApiTest {

    private static final int PROBES = 8;
    private static final String SET = "/definitions/foreign";
    private static final String SELECTED = "/probes?label=kind=foreign";
    private static final String VERSION = "Sonde-Version";

    private static ReplicaPair pair;

    @BeforeAll
    static void make(ReplicaPair shared) {
        pair = shared;
        awaitAtBoth(pair.one.put(SET, document(PROBES)));
    }

    @AfterAll
    static void remove() {
        awaitAtBoth(pair.two.delete(SET));
    }

    @Test
    void eachReplicaPlansItsShareAndAnswersForAll() {
        for (HttpCalls each : pair.both()) {
            assertThat(each.get(SELECTED + "&limit=100").json().path("items")).hasSize(PROBES);
        }
        // A newcomer's share is let go when it has begun.
        await().until(() -> planned(pair.first) + planned(pair.second) == PROBES);
        assertThat(planned(pair.second)).isBetween(1, PROBES - 1);
    }

    private static int planned(ConfigurableApplicationContext replica) {
        ProbeFigures figures = replica.getBean(Schedules.class).figures();
        return (int)
                IntStream.range(0, figures.size())
                        .filter(i -> figures.definition(i).name().startsWith("foreign-"))
                        .count();
    }

    @Test
    void pagesAreTheSameAtEachReplica() {
        for (String page :
                List.of(
                        SELECTED + "&limit=3&view=definition",
                        SELECTED + "&limit=5&view=definition&sort=-name",
                        SELECTED + "&limit=5&view=definition&sort=stateSince",
                        "/probes?q=foreign-&limit=2&view=definition",
                        "/probes?target=127.0.0.1:9&view=definition")) {
            assertThat(pair.one.get(page).json().path("items")).as(page).isNotEmpty();
            // A state that the owner reports comes a little later.
            await().until(() -> pair.two.get(page).text().equals(pair.one.get(page).text()));
        }
        assertThat(pair.two.get(SET).text()).isEqualTo(pair.one.get(SET).text());
    }

    @Test
    void changeOfEitherReplicaIsTheNextVersionAtBoth() {
        for (int i = 0; i < PROBES; i++) {
            String path = "/probes/foreign-" + i;
            String etag = pair.two.get(path).header("ETag");
            Answer rested = pair.one.patch(path, "{\"paused\": true}", "If-Match", etag);
            assertThat(rested.at("/state")).isEqualTo("paused");
            assertThat(pair.two.patch(path, "{\"paused\": false}", "If-Match", etag).status())
                    .isEqualTo(412);
            Answer resumed = pair.two.patch(path, "{\"paused\": false}");
            awaitAtBoth(resumed);
            Answer read = pair.one.get(path);
            assertThat(read.header("ETag")).isEqualTo(resumed.header("ETag"));
            assertThat(read.at("/labels/kind")).isEqualTo("foreign");
        }
    }

    @Test
    void repeatedDefinitionsChangeNothingAtEitherReplica() {
        for (HttpCalls each : pair.both()) {
            JsonNode repeated = each.put(SET + "?dryRun=true", document(PROBES)).json();
            assertThat(repeated.at("/unchanged").asInt()).isEqualTo(PROBES);
            JsonNode fewer = each.put(SET + "?dryRun=true", document(PROBES - 2)).json();
            assertThat(fewer.path("deleted")).hasSize(2);
            String lines = each.get(SELECTED + "&view=definition&limit=100").text();
            assertThat(each.post("/probes/bulk", lines).at("/replaced"))
                    .isEqualTo(String.valueOf(PROBES));
        }
    }

    @Test
    void maintenanceBySelectorIsShownAtEachReplica() {
        Answer made =
                pair.one.post(
                        "/maintenances", "{\"label\": \"kind=foreign\", \"to\": \"2100-01-01\"}");
        for (HttpCalls each : pair.both()) {
            await().untilAsserted(
                            () ->
                                    assertThat(
                                                    each.get(SELECTED + "&limit=100")
                                                            .json()
                                                            .path("items"))
                                            .allMatch(probe -> probe.has("maintenance")));
        }
        pair.two.delete("/maintenances/" + made.at("/id"));
    }

    @Test
    void seriesOfAProbeComeFromItsOwner() {
        String scraped = pair.one.root("/actuator/prometheus").text();
        for (JsonNode probe : pair.one.get(SELECTED + "&limit=100").json().path("items")) {
            String series = "sonde_probe_info{probe=\"" + probe.path("name").asString() + "\"";
            assertThat(scraped.contains(series))
                    .isEqualTo(probe.path("owner").asString().equals("one"));
        }
    }

    private static String document(int probes) {
        StringBuilder yaml = new StringBuilder("{\"probes\": {");
        for (int i = 0; i < probes; i++) {
            yaml.append(i == 0 ? "" : ",")
                    .append(
                            """
                            "foreign-%d": {"target": "127.0.0.1:9", "interval": "24h",
                             "labels": {"kind": "foreign", "number": "%d"}}"""
                                    .formatted(i, i));
        }
        return yaml.append("}}").toString();
    }

    /// Each replica has read the change.
    private static void awaitAtBoth(Answer changed) {
        assertThat(changed.status()).as(changed.text()).isBetween(200, 204);
        for (HttpCalls each : pair.both()) {
            await().until(
                            () ->
                                    each.get("/probes?limit=1", VERSION, changed.header(VERSION))
                                            .header(VERSION)
                                            .equals(changed.header(VERSION)));
        }
    }
}
