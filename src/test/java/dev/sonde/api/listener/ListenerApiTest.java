package dev.sonde.api.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Listeners as a client of the API meets them.
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "sonde.policy.binds.allow=127.0.0.0/8:1024-65535,192.0.2.0/24")
@AutoConfigureMetrics
@SuppressWarnings("NullAway") // a null fails the test
class ListenerApiTest {

    private static final String PATH = "/api/v1/listeners";
    private static final String ECHO =
            "{\"name\":\"a\",\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"echo\"}}";

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonMapper json = new JsonMapper();
    @LocalServerPort int port;

    @AfterEach
    void deleteAll() throws Exception {
        for (JsonNode each : json.readTree(get(PATH).body()).get("items")) {
            send("DELETE", PATH + "/" + each.get("name").stringValue(), null);
        }
        http.close();
    }

    @Test
    void listenerIsCreatedWhenTheRequestIsComplete() throws Exception {
        HttpResponse<String> created = post(ECHO);
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).hasValue(PATH + "/a");
        assertThat(created.headers().firstValue("ETag")).isPresent();
        JsonNode view = json.readTree(created.body());
        assertThat(view.get("state").stringValue()).isEqualTo("listening");
        assertThat(view.get("backlog").get("effective").longValue()).isEqualTo(128);
        assertThat(view.get("acceptQueue").get("source").stringValue()).isEqualTo("tcp_info");
        assertThat(view.get("connections").get("active").intValue()).isZero();
        assertThat(view.has("expiresAt")).isFalse();
        assertThat(post(ECHO).statusCode()).isEqualTo(409);
    }

    @Test
    void connectionIsShownWhenAClientTalked() throws Exception {
        talk(json.readTree(post(ECHO).body()));
        await().until(() -> connection().has("end"));
        JsonNode connection = connection();
        assertThat(connection.get("end").stringValue()).isEqualTo("peer_fin");
        assertThat(connection.get("recorded").stringValue()).isEqualTo("aGk=");
        assertThat(connection.get("timeline").get(0).get("event").stringValue())
                .isEqualTo("accept_ready");
        assertThat(send("DELETE", PATH + "/a/connections", null).statusCode()).isEqualTo(204);
        assertThat(get(PATH + "/a/connections").body()).isEqualTo("{\"items\":[]}");
    }

    @Test
    void probabilityMayBeAWholeNumber() throws Exception {
        String always = "{\"type\":\"echo\",\"probability\":1,\"otherwise\":{\"type\":\"hold\"}}";
        assertThat(post(ECHO.replace("{\"type\":\"echo\"}", always)).body())
                .contains("\"probability\":1");
    }

    @Test
    void listenerIsReplacedOnlyWhenTheConditionHolds() throws Exception {
        assertThat(put("If-None-Match", "*").statusCode()).isEqualTo(201);
        assertThat(put("If-None-Match", "*").statusCode()).isEqualTo(412);
        assertThat(put("If-Match", "\"other\"").statusCode()).isEqualTo(412);
        String tag = get(PATH + "/a").headers().firstValue("ETag").orElseThrow();
        assertThat(put("If-Match", tag).statusCode()).isEqualTo(200);
        assertThat(send("DELETE", PATH + "/a", null).statusCode()).isEqualTo(204);
        assertThat(send("DELETE", PATH + "/a", null).statusCode()).isEqualTo(404);
    }

    @Test
    void versionStaysWhenAListenerIsReplacedByItself() throws Exception {
        String tag = post(ECHO).headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = put("If-Match", tag);
        assertThat(again.headers().firstValue("ETag")).hasValue(tag);
        assertThat(again.headers().firstValue("Location")).isEmpty();
    }

    @Test
    void stateFollowsWhenTheListenerIsPausedAndResumed() throws Exception {
        post(ECHO);
        assertThat(send("POST", PATH + "/a/pause", null).body()).contains("\"state\":\"paused\"");
        assertThat(send("POST", PATH + "/a/resume", null).body())
                .contains("\"state\":\"listening\"");
        assertThat(send("POST", PATH + "/none/pause", null).statusCode()).isEqualTo(404);
    }

    @Test
    void listGoesOnWhenThereIsAnotherPage() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            post(ECHO.replace("\"a\"", "\"" + name + "\""));
        }
        JsonNode first = json.readTree(get(PATH + "?limit=2").body());
        String next = first.get("next").stringValue();
        JsonNode second = json.readTree(get(PATH + "?limit=2&cursor=" + next).body());
        assertThat(second.get("items").get(0).get("name").stringValue()).isEqualTo("c");
        assertThat(second.has("next")).isFalse();
    }

    @Test
    void reasonIsToldWhenTheListenerCannotBeHad() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refuses(409, "address_in_use", "127.0.0.1:" + taken.getLocalPort());
        }
        refuses(422, "address_not_available", "192.0.2.1:4000");
        refuses(403, "denied_by_policy", "127.0.0.1:80");
        refuses(403, "denied_by_policy", "127.0.0.1:" + port);
        refuses(403, "denied_by_policy", "0.0.0.0:0");
        assertThat(get(PATH).body()).isEqualTo("{\"items\":[]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    bind             | "bind":"localhost:0","behaviour":{"type":"echo"}
                    bind             | "behaviour":{"type":"echo"}
                    behaviour.type   | "bind":"127.0.0.1:0","behaviour":{"type":"dance"}
                    behaviour.type   | "bind":"127.0.0.1:0","behaviour":{}
                    behaviour        | "bind":"127.0.0.1:0"
                    behaviour.to     | "bind":"127.0.0.1:0","behaviour":{"type":"proxy"}
                    behaviour.jitter | "bind":"127.0.0.1:0","behaviour":{"type":"echo","jitter":"x"}
                    behaviour.repeat | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","repeat":"x","steps":[{"expect":"a"}]}
                    behaviour.otherwise | "bind":"127.0.0.1:0","behaviour":{"type":"echo","probability":0.5}
                    behaviour.probability | "bind":"127.0.0.1:0","behaviour":{"type":"echo","otherwise":{"type":"hold"}}
                    behaviour.probability | "bind":"127.0.0.1:0","behaviour":{"type":"echo","probability":"1","otherwise":{"type":"hold"}}
                    behaviour.data   | "bind":"127.0.0.1:0","behaviour":{"type":"banner","data":"\\ud800"}
                    labels.a         | "bind":"127.0.0.1:0","behaviour":{"type":"echo"},"labels":{"a":"\\ud800\\ud800"}
                    behaviour.probability | "bind":"127.0.0.1:0","behaviour":{"type":"echo","probability":2,"otherwise":{"type":"hold"}}
                    behaviour.otherwise.delay | "bind":"127.0.0.1:0","behaviour":{"type":"echo","probability":0.5,"otherwise":{"type":"hold","delay":"1s"}}
                    behaviour.otherwise.after | "bind":"127.0.0.1:0","behaviour":{"type":"echo","probability":0.5,"otherwise":{"type":"close","after":"31d"}}
                    behaviour.steps | "bind":"127.0.0.1:0","behaviour":{"type":"sequence","steps":[]}
                    behaviour.steps[0] | "bind":"127.0.0.1:0","behaviour":{"type":"sequence","steps":[{"times":1,"behaviour":{"type":"echo"}}]}
                    behaviour.steps[0].behaviour.after | "bind":"127.0.0.1:0","behaviour":{"type":"sequence","steps":[{"behaviour":{"type":"close","after":"31d"}}]}
                    behaviour.steps[0].behaviour.after | "bind":"127.0.0.1:0","limits":{"lifetime":"1s"},"behaviour":{"type":"sequence","steps":[{"behaviour":{"type":"close","after":"2s"}}]}
                    behaviour.steps[0].times | "bind":"127.0.0.1:0","behaviour":{"type":"sequence","steps":[{"times":0,"behaviour":{"type":"echo"}},{"behaviour":{"type":"hold"}}]}
                    behaviour.faults[0].type | "bind":"127.0.0.1:0","behaviour":{"type":"proxy","to":"a:1","faults":[{"type":"snail"}]}
                    behaviour.faults[1].latency | "bind":"127.0.0.1:0","behaviour":{"type":"proxy","to":"a:1","faults":[{"type":"stall"},{"type":"reset","latency":"1s"}]}
                    behaviour.faults[0].bytes | "bind":"127.0.0.1:0","behaviour":{"type":"proxy","to":"a:1","faults":[{"type":"limit"}]}
                    behaviour.after  | "bind":"127.0.0.1:0","behaviour":{"type":"echo","after":"1s"}
                    behaviour.delay  | "bind":"127.0.0.1:0","behaviour":{"type":"echo","delay":"soon"}
                    behaviour.data   | "bind":"127.0.0.1:0","behaviour":{"type":"banner"}
                    behaviour.data   | "bind":"127.0.0.1:0","behaviour":{"type":"banner","data":{"hex":"00"}}
                    behaviour.data.base64 | "bind":"127.0.0.1:0","behaviour":{"type":"banner","data":{"base64":"!"}}
                    behaviour.steps[0].expect | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","steps":[{"expect":"(a"}]}
                    behaviour.steps[0].expect | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","steps":[{"expect":"((a{90}){90}){90}"}]}
                    behaviour.steps[0] | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","steps":[{}]}
                    behaviour.steps[0] | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","steps":[null]}
                    behaviour.steps  | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","steps":[]}
                    behaviour.steps[1].send | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","steps":[{"expect":"a"},{"send":"${1}"}]}
                    behaviour.steps[0].reject | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","steps":[{"send":"a","reject":"b"}]}
                    behaviour.steps[0].expectBytes | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","steps":[{"expect":"a","expectBytes":"b"}]}
                    behaviour.steps[0].startTls | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","steps":[{"startTls":true}]}
                    behaviour.steps[0].close | "bind":"127.0.0.1:0","behaviour":{"type":"dialogue","steps":[{"close":"fin"},{"send":"x"}]}
                    behaviour.chunk  | "bind":"127.0.0.1:0","behaviour":{"type":"stream","chunk":0}
                    backlog          | "bind":"127.0.0.1:0","behaviour":{"type":"echo"},"backlog":0
                    backlog          | "bind":"127.0.0.1:0","behaviour":{"type":"echo"},"backlog":65536
                    limits.idle      | "bind":"127.0.0.1:0","behaviour":{"type":"echo"},"limits":{"idle":"2s","lifetime":"1s"}
                    limits.connections | "bind":"127.0.0.1:0","behaviour":{"type":"echo"},"limits":{"connections":0}
                    behaviour.after  | "bind":"127.0.0.1:0","behaviour":{"type":"close","after":"2s"},"limits":{"lifetime":"1s"}
                    behaviour.bytes  | "bind":"127.0.0.1:0","behaviour":{"type":"stream","bytes":9},"limits":{"bytes":8}
                    record.bytes     | "bind":"127.0.0.1:0","behaviour":{"type":"echo"},"record":{"connections":0,"bytes":1}
                    ttl              | "bind":"127.0.0.1:0","behaviour":{"type":"echo"},"ttl":"0s"
                    tls.certificate  | "bind":"127.0.0.1:0","behaviour":{"type":"echo"},"tls":{}
                    """)
    void fieldIsNamedWhenItIsNotValid(String field, String body) throws Exception {
        HttpResponse<String> answer = post("{\"name\":\"a\"," + body + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(json.readTree(answer.body()).get("errors").get(0).get("field").stringValue())
                .isEqualTo(field);
    }

    @Test
    void behaviourIsRefusedWhenTheKernelAnswersBeforeAnyoneIsAsked() throws Exception {
        String steps = "[{'times':1,'behaviour':{'type':'refuse'}},{'behaviour':{'type':'echo'}}]";
        HttpResponse<String> answer =
                post(ECHO.replace("echo\"", "sequence\",\"steps\":" + steps).replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("not_by_connection", "behaviour.steps[0].times");
    }

    @Test
    void partOfTheListenerChangesWhenItIsPatched() throws Exception {
        post(ECHO.replace("\"echo\"", "\"echo\",\"delay\":\"1s\""));
        HttpResponse<String> limited = patch("{'limits':{'idle':'30s'},'labels':{'run':'1'}}");
        assertThat(limited.statusCode()).as(limited.body()).isEqualTo(200);
        JsonNode view = json.readTree(limited.body());
        assertThat(view.at("/limits/idle").stringValue()).isEqualTo("30s");
        assertThat(view.at("/behaviour/delay").stringValue()).isEqualTo("1s");
        assertThat(patch("{'labels':null,'behaviour':{'delay':null}}").body())
                .contains("\"delay\":\"0s\"")
                .doesNotContain("labels");
        assertThat(json.readTree(patch("{'behaviour':{'type':'hold'}}").body()).at("/behaviour"))
                .isEqualTo(json.readTree("{\"type\":\"hold\"}"));
        assertThat(patch("{'limits':{'idle':1}}").body()).contains("limits.idle");
        assertThat(patch("{'limit':{}}").body()).contains("\"field\":\"limit\"");
        assertThat(patch("[]").statusCode()).isEqualTo(400);
    }

    @Test
    void manyListenersAreOpenedWhenTheyComeInOneRequest() throws Exception {
        String bad = ECHO.replace("echo", "fly");
        String lines = ECHO + "\n\n" + ECHO.replace("\"a\"", "\"b\"") + "\n" + bad + "\nx";
        JsonNode done = json.readTree(bulk("application/x-ndjson", lines, PATH + "/bulk").body());
        assertThat(done.path("created").intValue()).as(done.toString()).isEqualTo(2);
        assertThat(done.path("failed").intValue()).isEqualTo(2);
        assertThat(done.at("/errors/0/message").stringValue()).startsWith("behaviour.type: one of");
        String list = get(PATH).body();
        JsonNode again = json.readTree(bulk("application/json", list, PATH + "/bulk").body());
        assertThat(again.path("replaced").intValue()).as(again.toString()).isEqualTo(2);
    }

    @Test
    void answerWaitsWhenConnectionsAreAwaited() throws Exception {
        talk(json.readTree(post(ECHO).body()));
        String path = PATH + "/a/connections?received=hi&wait=";
        JsonNode found = json.readTree(get(path + "1m").body());
        assertThat(found.path("items")).hasSize(1);
        assertThat(found.path("timedOut").booleanValue()).isFalse();
        JsonNode vain = json.readTree(get(path + "1ms&atLeast=2").body());
        assertThat(vain.path("items")).hasSize(1);
        assertThat(vain.path("timedOut").booleanValue()).isTrue();
        assertThat(get(path + "2h").body()).contains("\"field\":\"wait\"");
        assertThat(get(PATH + "/a/connections?atLeast=1").statusCode()).isEqualTo(400);
        assertThat(get(PATH + "/none/connections?wait=1s").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> patch(String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATH + "/a"))
                        .method("PATCH", BodyPublishers.ofString(body.replace('\'', '"')))
                        .header("Content-Type", "application/merge-patch+json")
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> bulk(String type, String body, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .POST(BodyPublishers.ofString(body))
                        .header("Content-Type", type)
                        .build(),
                BodyHandlers.ofString());
    }

    @ParameterizedTest
    @CsvSource({
        "ttl,31d,'\"ttl\":\"31d\"'",
        "limits.bytes,0,'\"limits\":{\"bytes\":0}'",
        "limits.idle,PT-1S,'\"limits\":{\"idle\":\"PT-1S\"}'",
        "record.bytes,-1,'\"record\":{\"bytes\":-1}'"
    })
    void valueIsToldWhenItIsOutOfRange(String field, String value, String part) throws Exception {
        JsonNode error =
                json.readTree(post(ECHO.replace("}}", "}," + part + "}")).body())
                        .get("errors")
                        .get(0);
        assertThat(error.get("field").stringValue()).isEqualTo(field);
        assertThat(error.get("value").stringValue()).isEqualTo(value);
    }

    @Test
    void cursorIsRefusedWhenItIsNoName() throws Exception {
        assertThat(get(PATH + "?cursor=ZZ").body()).contains("\"field\":\"cursor\"");
    }

    @Test
    void definitionComesBackAsItWasGivenWhenItIsRead() throws Exception {
        String behaviour =
                "{\"type\":\"dialogue\",\"steps\":[{\"expect\":\"^a\"},{\"send\":{\"base64\":\"AA==\"},"
                        + "\"delay\":\"1s500ms\"},{\"close\":\"rst\"}]}";
        HttpResponse<String> created =
                post(ECHO.replace("{\"type\":\"echo\"}", behaviour + ",\"ttl\":\"1h\""));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        JsonNode view = json.readTree(created.body());
        assertThat(view.get("behaviour")).isEqualTo(json.readTree(behaviour));
        assertThat(view.get("ttl").stringValue()).isEqualTo("1h");
        assertThat(view.has("expiresAt")).isTrue();
    }

    @Test
    void seriesComeAndGoWithTheListener() throws Exception {
        talk(json.readTree(post(ECHO).body()));
        await().until(() -> connection().has("end"));
        assertThat(get("/actuator/prometheus").body())
                .contains("sonde_listener_accept_queue_length{listener=\"a\"} 0.0")
                .contains("sonde_listener_accept_queue_limit{listener=\"a\"} 128.0")
                .contains("sonde_listener_drops_total{listener=\"a\"} 0.0")
                .contains("sonde_listener_connections_total{end=\"peer_fin\",listener=\"a\"} 1.0")
                .contains("sonde_listener_connections_active{listener=\"a\"} 0.0")
                .contains("sonde_listener_bytes_total{direction=\"in\",listener=\"a\"} 2.0")
                .contains("# HELP sonde_listener_drops_total SYNs and handshakes");
        send("DELETE", PATH + "/a", null);
        assertThat(get("/actuator/prometheus").body()).doesNotContain("listener=\"a\"");
    }

    @Test
    void operationsAreDescribedWhenTheDescriptionIsRead() throws Exception {
        JsonNode paths = json.readTree(get("/v3/api-docs").body()).get("paths");
        assertThat(paths.get(PATH).get("post").get("responses").propertyNames())
                .contains("201", "400", "403", "409", "422", "429");
        assertThat(paths.get(PATH + "/{name}").get("put").get("responses").propertyNames())
                .contains("200", "201", "412");
    }

    private void refuses(int status, String reason, String bind) throws Exception {
        HttpResponse<String> answer = post(ECHO.replace("127.0.0.1:0", bind));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(json.readTree(answer.body()).get("reason").stringValue()).isEqualTo(reason);
    }

    private static void talk(JsonNode view) throws IOException {
        String[] address = view.get("address").stringValue().split(":", 2);
        try (Socket client = new Socket(address[0], Integer.parseInt(address[1]))) {
            client.getOutputStream()
                    .write("hi".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            assertThat(client.getInputStream().readNBytes(2)).hasSize(2);
        }
    }

    private JsonNode connection() throws Exception {
        return json.readTree(get(PATH + "/a/connections").body()).get("items").get(0);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send("GET", path, null);
    }

    private HttpResponse<String> post(String body) throws Exception {
        return send("POST", PATH, body);
    }

    private HttpResponse<String> put(String header, String value) throws Exception {
        return send("PUT", PATH + "/a", ECHO, header, value);
    }

    private HttpResponse<String> send(String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .method(
                                method,
                                body == null
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
