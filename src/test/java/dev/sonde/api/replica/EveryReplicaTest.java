package dev.sonde.api.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.Starter;
import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.probe.spec.AddressText;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Listeners that every replica opens, asked for at each of two and three.
@ExtendWith(ReplicaPair.Shared.class)
@ResourceLock("ReplicaPair")
class EveryReplicaTest {

    private static final String BODY =
            "{\"replica\": \"all\", \"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"},"
                    + " \"labels\": {\"of\": \"every\"}}";

    private static ReplicaPair pair;

    @BeforeAll
    static void start(ReplicaPair shared) {
        pair = shared;
    }

    @AfterEach
    void close() {
        await().until(() -> pair.one.delete("/listeners?label=of=every").status() == 200);
    }

    @Test
    void deletionByLabelCountsItOnce() {
        pair.one.put("/listeners/every-labelled", BODY);
        pair.two.put("/listeners/of-two", BODY.replace("\"all\"", "\"two\""));
        assertThat(pair.one.delete("/listeners?label=of=every").text()).contains(":2}");
        for (HttpCalls each : pair.both()) {
            assertThat(each.get("/listeners/every-labelled").status()).isEqualTo(404);
            assertThat(each.get("/listeners/of-two").status()).isEqualTo(404);
        }
    }

    @Test
    void eachReplicaListensAndEveryAnswerHasThePartOfEach() throws IOException {
        String tag = pair.one.put("/listeners/every", BODY).header("ETag");
        List<String> ports = ports(pair.two, "every");
        assertThat(ports).hasSize(2).doesNotHaveDuplicates();
        for (HttpCalls each : pair.both()) {
            Answer view = whole(each, "every");
            assertThat(view.at("/replica")).isEqualTo("all");
            assertThat(view.at("/state")).isEqualTo("listening");
            assertThat(view.header("ETag")).isEqualTo(tag);
            assertThat(parts(view.json(), "replica")).containsExactlyInAnyOrder("one", "two");
            assertThat(ports(each, "every")).containsExactlyInAnyOrderElementsOf(ports);
            assertThat(each.get("/listeners/every?view=definition").at("/replica"))
                    .isEqualTo("all");
        }
        for (String port : ports) {
            connect(port).close();
        }
        assertThat(pair.one.post("/listeners", named("every")).status()).isEqualTo(409);
    }

    @Test
    void listHasItOnceWithItsParts() {
        pair.two.put("/listeners/every-listed", BODY);
        for (HttpCalls each : pair.both()) {
            List<JsonNode> found =
                    await().until(
                                    () -> each.get("/listeners"),
                                    answer -> !answer.json().has("incomplete"))
                            .json()
                            .path("items")
                            .valueStream()
                            .filter(item -> item.path("name").asString().equals("every-listed"))
                            .toList();
            assertThat(found).hasSize(1);
            assertThat(parts(found.getFirst(), "state")).containsExactly("listening", "listening");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH"})
    void changeAtOneReplicaIsInEffectAtAll(String method) {
        String name = "every-" + method.toLowerCase(Locale.ROOT);
        pair.one.put("/listeners/" + name, BODY);
        Answer changed =
                method.equals("PUT")
                        ? pair.two.put("/listeners/" + name, BODY.replace("echo", "hold"))
                        : pair.two.patch(
                                "/listeners/" + name, "{\"behaviour\": {\"type\": \"hold\"}}");
        assertThat(changed.status()).isEqualTo(200);
        for (HttpCalls each : pair.both()) {
            await().until(
                            () ->
                                    each.get("/listeners/" + name, "Sonde-No-Forward", "1")
                                            .at("/behaviour/type")
                                            .equals("hold"));
        }
    }

    @Test
    void actionsApplyToAll() throws IOException {
        pair.one.put("/listeners/every-acted", BODY);
        List<String> ports = ports(pair.one, "every-acted");
        pair.two.post("/listeners/every-acted/pause", "");
        awaitStates("every-acted", "paused", "paused");
        pair.one.post("/listeners/every-acted/resume", "");
        awaitStates("every-acted", "listening", "listening");
        try (Socket first = connect(ports.getFirst());
                Socket second = connect(ports.getLast())) {
            await().until(
                            () ->
                                    whole(pair.two, "every-acted")
                                            .at("/connections/active")
                                            .equals("2"));
            String list = "/listeners/every-acted/connections";
            JsonNode seen =
                    await().until(
                                    () -> pair.one.get(list),
                                    answer -> !answer.json().has("incomplete"))
                            .json();
            assertThat(
                            seen.path("items")
                                    .valueStream()
                                    .map(each -> each.path("replica").asString()))
                    .containsExactlyInAnyOrder("one", "two");
            for (HttpCalls each : pair.both()) {
                for (JsonNode one : seen.path("items")) {
                    String drawing = list + "/" + one.path("id").asLong() + "/timeline.svg";
                    assertThat(each.get(drawing, "Accept", "image/svg+xml").status())
                            .isEqualTo(200);
                }
            }
            await().until(() -> pair.two.delete(list + "?end=fin").status() == 204);
            assertThat(first.getInputStream().read()).isEqualTo(-1);
            assertThat(second.getInputStream().read()).isEqualTo(-1);
        }
        assertThat(pair.two.get("/listeners/every-acted/connections?wait=1s").problem())
                .isEqualTo("400 wait");
        assertThat(pair.two.delete("/listeners/every-acted").status()).isEqualTo(204);
        ports.forEach(port -> await().until(() -> isFree(port)));
        assertThat(pair.one.get("/listeners/every-acted").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"all", "two"})
    void pagesOfConnectionsGoOnAtTheOtherReplica(String replica) throws IOException {
        String path = "/listeners/every-paged-" + replica;
        Answer made = pair.one.put(path, BODY.replace("\"all\"", "\"" + replica + "\""));
        String address = made.at("/address") + made.at("/replicas/0/address");
        for (int i = 0; i < 3; i++) {
            connect(address).close();
        }
        await().until(() -> pair.one.get(path).at("/connections/accepted").equals("3"));
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            String page = path + "/connections?limit=1" + cursor;
            HttpCalls asked = pair.both().get(ids.size() % 2);
            Answer answer =
                    await().until(() -> asked.get(page), one -> !one.json().has("incomplete"));
            ids.add(answer.at("/items/0/id"));
            cursor = "&cursor=" + answer.at("/next");
        } while (!cursor.equals("&cursor="));
        assertThat(ids).hasSize(3).doesNotHaveDuplicates().doesNotContain("");
    }

    @Test
    void replicaThatCannotOpenItSaysWhy() {
        pair.one.put("/listeners/every-once", BODY);
        String port = ports(pair.one, "every-once").getFirst();
        pair.two.delete("/listeners/every-once");
        await().until(() -> isFree(port));
        // Both replicas of the test have one host.
        Answer made = pair.two.put("/listeners/every-once", BODY.replace("127.0.0.1:0", port));
        assertThat(made.status()).isEqualTo(201);
        awaitStates("every-once", "failed", "listening");
        Answer view = whole(pair.two, "every-once");
        assertThat(view.at("/state")).isEqualTo("failed");
        assertThat(view.at("/reason")).isEqualTo("address_in_use");
        pair.one.delete("/listeners/every-once");
    }

    @Test
    void listenerThatARestartForgetsIsRefused() {
        String transientOne = BODY.replace("\"of\": \"every\"", "\"transient\": \"true\"");
        assertThat(pair.one.put("/listeners/every-transient", transientOne).problem())
                .isEqualTo("400 labels");
        assertThat(pair.two.get("/listeners/every-transient").status()).isEqualTo(404);
    }

    @Test
    void replicaThatJoinsOpensItAndOneThatLeavesTakesItsPartAlong() {
        pair.one.put("/listeners/every-joined", BODY);
        try (var third = pair.join("three");
                HttpCalls three = new HttpCalls(Starter.port(third))) {
            for (HttpCalls each : List.of(pair.one, pair.two, three)) {
                await().until(() -> ports(each, "every-joined").size() == 3);
            }
            assertThat(three.post("/listeners/every-joined/pause", "").at("/state"))
                    .isEqualTo("paused");
        }
        for (HttpCalls each : pair.both()) {
            await().until(() -> ports(each, "every-joined").size() == 2);
            assertThat(whole(each, "every-joined").at("/state")).isEqualTo("paused");
        }
    }

    private static void awaitStates(String name, String... states) {
        for (HttpCalls each : pair.both()) {
            await().until(
                            () ->
                                    parts(whole(each, name).json(), "state").stream()
                                            .sorted()
                                            .toList()
                                            .equals(List.of(states)));
        }
    }

    private static boolean isFree(String address) throws IOException {
        try (Socket open = connect(address)) {
            return !open.isConnected();
        } catch (ConnectException _) {
            return true;
        }
    }

    private static String named(String name) {
        return BODY.replace("{\"replica", "{\"name\": \"" + name + "\", \"replica");
    }

    /// The view with the part of each present replica.
    private static Answer whole(HttpCalls replica, String name) {
        return await().until(
                        () -> replica.get("/listeners/" + name),
                        answer -> !answer.json().has("incomplete"));
    }

    private static List<String> ports(HttpCalls replica, String name) {
        return parts(whole(replica, name).json(), "address");
    }

    private static List<String> parts(JsonNode view, String field) {
        List<String> values = new ArrayList<>();
        view.path("replicas").forEach(part -> values.add(part.path(field).asString("")));
        return values;
    }

    private static Socket connect(String address) throws IOException {
        var to = AddressText.parseEndpoint(address);
        return new Socket(to.getAddress(), to.getPort());
    }
}
