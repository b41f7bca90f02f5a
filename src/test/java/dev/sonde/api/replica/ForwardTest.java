package dev.sonde.api.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.Starter;
import dev.sonde.api.Answer;
import dev.sonde.api.EventReader;
import dev.sonde.api.HttpCalls;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What only one replica holds, asked for at each of two.
@ExtendWith(ReplicaPair.Shared.class)
@ResourceLock("ReplicaPair")
class ForwardTest {

    private static final String VERSION = "Sonde-Version";

    private static ReplicaPair pair;
    private static String check;
    private static String run;

    @BeforeAll
    static void start(ReplicaPair shared) {
        pair = shared;
        String target = "127.0.0.1:" + pair.port();
        check = pair.one.post("/checks", "{\"targets\": [\"" + target + "\"]}").at("/id");
        pair.one.put("/probes/held", "{\"target\": \"" + target + "\", \"interval\": \"1h\"}");
        run = pair.one.post("/probes/held/runs", "").at("/id");
        pair.one.put(
                "/listeners/held",
                "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"}}");
    }

    @ParameterizedTest
    @CsvSource({
        "/checks/{check}, application/json",
        "/checks/{check}, application/yaml",
        "/checks/{check}/results, application/json",
        "/checks/{check}/results?outcome=failed, application/json",
        "/checks/{check}/results?limit=0, application/json",
        "/checks/{check}/results?cursor=x, application/json",
        "/results/{run}, application/json",
        "/results/{run}, application/yaml",
        "/results/{run}/timeline.svg, image/svg+xml",
        "/results/{run}, text/html",
        "/listeners/held, application/json",
        "/listeners/held?view=definition, application/yaml",
        "/listeners/held/connections, application/json",
        "/listeners/held/connections?wait=1ms&atLeast=1, application/json",
        "/listeners/held/connections/7/timeline.svg, image/svg+xml"
    })
    void everyReplicaAnswersTheSame(String path, String accepted) {
        String asked = path.replace("{check}", check).replace("{run}", run);
        Answer holder = pair.one.get(asked, "Accept", accepted);
        Answer other = pair.two.get(asked, "Accept", accepted);
        assertThat(other.text()).isEqualTo(holder.text());
        assertThat(seen(other)).isEqualTo(seen(holder));
    }

    /// The second replica has the first one answer, and tells it the prefix.
    @ParameterizedTest
    @CsvSource({
        "/results/{run}, application/json",
        "/checks/{check}/results, application/json",
        "/checks, application/json",
        "/listeners/held, application/json"
    })
    void linksBeginWithThePrefixAtEveryReplica(String path, String accepted) {
        String asked = path.replace("{check}", check).replace("{run}", run);
        for (HttpCalls each : pair.both()) {
            Answer below = each.get(asked, "Accept", accepted, "X-Forwarded-Prefix", "/ops/sonde");
            assertThat(below.status()).as(below.text()).isEqualTo(200);
            assertThat(below.text().replace("\"/ops/sonde/api/v1/results/", ""))
                    .doesNotContain("\"/api/v1/");
            boolean hasResults = asked.matches(".*results.*");
            assertThat(below.text().contains("\"/ops/sonde/api/v1/results/")).isEqualTo(hasResults);
        }
    }

    @Test
    void linksInStreamsBeginWithThePrefix() {
        String target = "127.0.0.1:" + pair.port();
        pair.one.put("/probes/linked", "{\"target\":\"" + target + "\",\"interval\":\"100ms\"}");
        String events = "/events?type=result&probe=linked&for=300ms&lastEventId=1";
        for (String prefix : List.of("", "/ops/sonde", "/a")) {
            String link = "\"timelineUrl\":\"" + prefix + "/api/v1/results/";
            for (String path : List.of(events, "/probes/linked", "/probes?q=linked")) {
                await().untilAsserted(
                                () ->
                                        assertThat(
                                                        pair.one
                                                                .get(
                                                                        path,
                                                                        "X-Forwarded-Prefix",
                                                                        prefix)
                                                                .text())
                                                .contains(link));
            }
        }
        pair.one.delete("/probes/linked");
        Answer lines =
                pair.one.with(
                        "POST",
                        "/checks",
                        "application/json",
                        "{\"targets\": [\"" + target + "\"]}",
                        "Accept",
                        "application/x-ndjson",
                        "X-Forwarded-Prefix",
                        "/ops/sonde");
        assertThat(lines.text()).contains("\"timelineUrl\":\"/ops/sonde/api/v1/results/");
        assertThat(lines.header("Content-Location")).startsWith("/ops/sonde/api/v1/checks/");
    }

    /// Status and the headers that callers use.
    private static List<String> seen(Answer answer) {
        return List.of(
                Integer.toString(answer.status()),
                answer.header("Content-Type"),
                answer.header("ETag"),
                answer.header("Cache-Control"));
    }

    @Test
    void notModifiedIsPassedOn() {
        String tag = pair.one.get("/listeners/held?view=definition").header("ETag");
        Answer again = pair.two.get("/listeners/held?view=definition", "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.text()).isEmpty();
    }

    @Test
    void changesAreMadeByTheHolder() {
        String body = "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"}}";
        pair.one.put("/listeners/changed", body);
        assertThat(pair.two.post("/listeners/changed/pause", "").at("/state")).isEqualTo("paused");
        assertThat(pair.one.get("/listeners/changed").at("/state")).isEqualTo("paused");
        String stale = pair.two.get("/listeners/changed").header("ETag");
        Answer replaced = pair.two.put("/listeners/changed", body.replace("echo", "hold"));
        assertThat(replaced.at("/behaviour/type")).isEqualTo("hold");
        assertThat(pair.two.put("/listeners/changed", body, "If-Match", stale).status())
                .isEqualTo(412);
        assertThat(pair.two.patch("/listeners/changed", "{\"ttl\": \"1h\"}").status())
                .isEqualTo(200);
        assertThat(pair.two.delete("/listeners/changed").status()).isEqualTo(204);
        assertThat(pair.two.delete("/listeners/changed").status()).isEqualTo(404);
    }

    @Test
    void checkIsCancelledThroughAnotherReplica() {
        String id =
                pair.one.post("/checks?wait=false", "{\"targets\": [\"192.0.2.1:9\"]}").at("/id");
        assertThat(pair.two.delete("/checks/" + id).status()).isEqualTo(204);
        assertThat(pair.two.get("/checks/" + id).at("/state"))
                .isEqualTo(pair.one.get("/checks/" + id).at("/state"))
                .isNotEqualTo("running");
    }

    @Test
    void idOfAReplicaThatIsGoneIsAnsweredWith410AndItsName() {
        UUID member = new UUID(0, 0x8000_0000_0000_4711L);
        pair.first
                .getBean(JdbcClient.class)
                .sql("insert into replica_address values (?, ?, 'three', null, ?)")
                .params(member, 0x4711, Long.MAX_VALUE / 2)
                .update();
        UUID id = new UUID(UUID.randomUUID().getMostSignificantBits(), 0x8000_1111_1111_4711L);
        for (HttpCalls each : pair.both()) {
            for (String path : List.of("/checks/", "/results/")) {
                Answer gone = each.get(path + id);
                assertThat(gone.status()).isEqualTo(410);
                assertThat(gone.at("/type")).isEqualTo("urn:sonde:problem:replica-gone");
                assertThat(gone.at("/replica")).isEqualTo("three");
            }
        }
    }

    @Test
    void listsShowWhatEveryReplicaHolds() {
        String body = "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"}}";
        pair.two.put("/listeners/at-two", body);
        String target = "{\"targets\": [\"127.0.0.1:" + pair.port() + "\"]}";
        String later = pair.two.post("/checks", target).at("/id");
        for (HttpCalls each : pair.both()) {
            assertThat(values(complete(each, "/listeners"), "name"))
                    .contains("held", "at-two")
                    .isSorted();
            assertThat(values(complete(each, "/listeners"), "replica")).contains("one", "two");
            assertThat(values(complete(each, "/checks"), "id")).containsSubsequence(later, check);
            assertThat(values(each.get("/listeners", "Sonde-No-Forward", "1"), "replica"))
                    .containsOnly(each == pair.one ? "one" : "two");
        }
    }

    @ParameterizedTest
    @CsvSource({"/listeners, name", "/checks, id"})
    void pagesOfAGatheredListGoOnAtAnotherReplica(String list, String key) {
        pair.two.put(
                "/listeners/paged",
                "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"hold\"}}");
        List<String> paged = new ArrayList<>();
        String cursor = "";
        do {
            HttpCalls asked = pair.both().get(paged.size() % 2);
            Answer page = complete(asked, list + "?limit=1" + cursor);
            paged.addAll(values(page, key));
            cursor = "&cursor=" + page.at("/next");
        } while (!cursor.equals("&cursor="));
        assertThat(paged).isEqualTo(values(complete(pair.one, list), key)).doesNotHaveDuplicates();
    }

    @Test
    void newListenerIsOpenedByTheReplicaThatItNames() {
        String body =
                "{\"name\": \"chosen\", \"replica\": \"two\", \"bind\": \"127.0.0.1:0\","
                        + " \"behaviour\": {\"type\": \"echo\"}}";
        assertThat(pair.one.post("/listeners", body).status()).isEqualTo(201);
        for (HttpCalls each : pair.both()) {
            assertThat(each.get("/listeners/chosen").at("/replica")).isEqualTo("two");
        }
        // A view can be sent back.
        String view = pair.one.get("/listeners/chosen").text();
        assertThat(pair.one.put("/listeners/chosen", view).status()).isEqualTo(200);
        assertThat(pair.one.post("/listeners", body).status()).isEqualTo(409);
        Answer unknown = pair.one.post("/listeners", body.replace("two", "four"));
        assertThat(unknown.problem()).isEqualTo("400 replica");
        assertThat(unknown.text()).contains("all, or one of one, two");
    }

    @Test
    void readThatNamesAVersionSeesTheChangeAtEveryReplica() {
        String hourly = "{\"target\": \"127.0.0.1:9\", \"interval\": \"%dh\"}";
        for (int hours = 1; hours <= 5; hours++) {
            String made = pair.one.put("/probes/read", hourly.formatted(hours)).header(VERSION);
            Answer read = upTo(pair.two, made);
            assertThat(read.at("/interval")).isEqualTo(hours + "h");
            String gone = pair.two.delete("/probes/read").header(VERSION);
            assertThat(upTo(pair.one, gone).status()).isEqualTo(404);
            // Without a version, the database is asked before 404 is answered.
            pair.one.put("/probes/new-" + hours, hourly.formatted(1));
            String path = "/probes/new-" + hours;
            await().until(() -> pair.two.get(path).status() == 200);
        }
        assertThat(pair.two.get("/probes/read", VERSION, "x").problem())
                .isEqualTo("400 " + VERSION);
    }

    @Test
    void listenerOfAReplicaThatIsGoneIsAnsweredWith410() {
        pair.first
                .getBean(JdbcClient.class)
                .sql(
                        "insert into listener (name, definition, since, paused, replica, checksum)"
                                + " values ('lost', '{}', 0, false, 'three', 0)")
                .update();
        for (HttpCalls each : pair.both()) {
            assertThat(each.get("/listeners/lost").status()).isEqualTo(410);
            assertThat(each.delete("/listeners/lost/connections").status()).isEqualTo(410);
        }
    }

    @Test
    void eventsOfAListenerArePassedOnAsTheyCome() throws IOException {
        int port = Starter.port(pair.second);
        try (EventReader events = new EventReader(port, "?listener=held&type=listener")) {
            pair.one.post("/listeners/held/pause", "");
            assertThat(events.next().data()).contains("\"held\"", "paused");
            pair.two.post("/listeners/held/resume", "");
            assertThat(events.next().data()).contains("resumed");
        }
    }

    @Test
    void setIsChangedByTheReplicaThatHasItsListeners() {
        String set =
                "{\"listeners\": {\"of-set\": {\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"%s\"}}}}";
        assertThat(pair.one.put("/definitions/shared", set.formatted("echo")).status())
                .isEqualTo(200);
        assertThat(pair.two.put("/definitions/shared", set.formatted("hold")).at("/changed/0/name"))
                .isEqualTo("of-set");
        assertThat(pair.one.get("/listeners/of-set").at("/behaviour/type")).isEqualTo("hold");
    }

    @Test
    void recentAnswersOfProbeAreReadAtEveryReplica() {
        String target = "127.0.0.1:" + pair.port();
        pair.one.root("/probe?module=tcp_connect&target=" + target);
        for (HttpCalls each : pair.both()) {
            Answer all = await().until(() -> each.root("/logs"), ForwardTest::isWhole);
            String list = all.text();
            assertThat(list).contains(" success \"tcp_connect\" \"" + target);
            String id = list.substring(0, list.indexOf(' '));
            assertThat(each.root("/logs?id=" + id).text()).contains("probe_success 1");
            await().until(
                            () ->
                                    each.root("/logs?target=" + target)
                                            .text()
                                            .contains("probe_success 1"));
            assertThat(each.root("/logs?target=other:1").status()).isEqualTo(404);
        }
    }

    /// A replica that is late is named in the answer: the read is repeated then.
    private static Answer upTo(HttpCalls replica, String version) {
        return await().until(
                        () -> replica.get("/probes/read", VERSION, version),
                        read -> Long.parseLong(read.header(VERSION)) >= Long.parseLong(version));
    }

    private static Answer complete(HttpCalls replica, String list) {
        return await().until(() -> replica.get(list), answer -> !answer.json().has("incomplete"));
    }

    private static boolean isWhole(Answer logs) {
        return logs.header("Sonde-Incomplete").isEmpty();
    }

    private static List<String> values(Answer list, String field) {
        return list.json()
                .path("items")
                .valueStream()
                .map(item -> item.path(field).asString())
                .toList();
    }

    @Test
    void headersOfReplicasMeanNothingOnThePortOfTheApi() {
        for (HttpCalls each : pair.both()) {
            assertThat(
                            each.get(
                                            "/caller",
                                            "Sonde-Forwarded",
                                            "three",
                                            "Sonde-Caller",
                                            "mallory",
                                            "Sonde-Roles",
                                            "ADMIN")
                                    .text())
                    .isEqualTo(each.get("/caller").text());
        }
    }
}
