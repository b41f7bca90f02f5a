package dev.sonde.api.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;

/// TLS listeners over HTTP, and what a check with TLS says of each of their faults.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class ListenerTlsApiTest {

    private static final String TRUSTING =
            "{\"timeout\":\"%s\",\"tls\":{\"trust\":\"authority\",\"serverName\":\"localhost\"%s}}";

    @LocalServerPort int port;
    private HttpCalls calls;

    @BeforeEach
    void open() {
        calls = new HttpCalls(port);
        issue("server-a", "server");
        issue("client-a", "client");
    }

    @AfterEach
    void close() {
        calls.delete("/listeners/a");
        calls.delete("/certificates/server-a");
        calls.delete("/certificates/client-a");
        calls.close();
    }

    /// The table in the README says the same.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"certificate":"server-a"}                                                        | connected
                    {"certificate":"server-a","clientAuth":"need"}                                    | tls_alert
                    {"certificate":"server-a","fault":{"type":"expired"}}                             | tls_expired
                    {"certificate":"server-a","fault":{"type":"wrong_name"}}                          | tls_hostname_mismatch
                    {"certificate":"server-a","fault":{"type":"untrusted"}}                           | tls_untrusted
                    {"certificate":"server-a","fault":{"type":"never_ends"}}                          | timed_out
                    {"certificate":"server-a","fault":{"type":"alert","alert":"insufficient_security"}} | tls_alert
                    """)
    void outcomeIsThatOfTheFaultWhenAnOwnListenerIsProbed(String tls, String reason) {
        String timeout = reason.equals("timed_out") ? "500ms" : "10s";
        JsonNode result = check(open(tls), TRUSTING.formatted(timeout, ""));
        assertThat(result.get("reason").stringValue()).as(result.toString()).isEqualTo(reason);
        if (!reason.equals("connected")) {
            assertThat(result.get("phase").stringValue()).isEqualTo("tls");
        }
        if (tls.contains("never_ends")) {
            assertThat(result.get("tls").propertyNames()).containsExactly("serverName");
        }
        if (tls.contains("insufficient")) {
            assertThat(result.get("detail").stringValue()).contains("insufficient_security");
        }
    }

    @Test
    void bothSidesAgreeWhenACertificateIsAskedFor() {
        String target =
                open("{\"certificate\":\"server-a\",\"clientAuth\":\"need\",\"alpn\":[\"h2\"]}");
        JsonNode result =
                check(
                        target,
                        TRUSTING.formatted(
                                "10s", ",\"alpn\":[\"h2\"],\"clientCertificate\":\"client-a\""));
        assertThat(result.get("reason").stringValue()).as(result.toString()).isEqualTo("connected");
        await().until(() -> connection().has("end"));
        JsonNode seen = connection().get("tls");
        assertThat(seen.get("version")).isEqualTo(result.get("tls").get("version"));
        assertThat(seen.get("cipher")).isEqualTo(result.get("tls").get("cipher"));
        assertThat(seen.get("alpn").stringValue()).isEqualTo("h2");
        assertThat(seen.get("serverName").stringValue()).isEqualTo("localhost");
        assertThat(seen.get("clientChain").get(0).get("subject").stringValue())
                .isEqualTo("CN=client-a");
        assertThat(connection().get("end").stringValue()).isEqualTo("peer_fin");
        assertThat(
                        StreamSupport.stream(result.get("timeline").spliterator(), false)
                                .map(event -> event.get("event").stringValue()))
                .contains("tls_established");
    }

    @Test
    void wayItEndedIsToldWhenTheClientRefuses() {
        open("{\"certificate\":\"server-a\",\"fault\":{\"type\":\"expired\"}}");
        check(calls.get("/listeners/a").at("/address"), TRUSTING.formatted("10s", ""));
        await().until(() -> connection().has("end"));
        assertThat(connection().get("end").stringValue()).isEqualTo("tls_alert");
        assertThat(connection().get("tls").get("alertReceived").stringValue()).isNotEmpty();
        assertThat(calls.get("/listeners/a").text()).contains("\"ended\":{\"tls_alert\":1}");
    }

    @Test
    void bothSidesAgreeWhenStepsOfBothDialoguesStartTls() {
        String behaviour =
                """
                {"type":"dialogue","steps":[{"send":"220 mx\\r\\n"},\
                {"expect":"^STARTTLS\\r\\n","send":"220 go\\r\\n","startTls":true},\
                {"expect":"^EHLO (\\\\S+)\\r\\n","send":"250 ${1}\\r\\n"}]}""";
        Answer opened =
                calls.put(
                        "/listeners/a",
                        "{\"bind\":\"127.0.0.1:0\",\"behaviour\":%s,\"tls\":{\"certificate\":\"server-a\"}}"
                                .formatted(behaviour));
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        assertThat(calls.get("/listeners/a").text()).contains("\"startTls\":true");
        JsonNode result =
                check(
                        opened.at("/address"),
                        """
                        {"timeout":"10s","tls":{"trust":"authority","serverName":"localhost"},"dialogue":[\
                        {"expect":"^220 (?P<host>\\\\S+)\\r\\n","send":"STARTTLS\\r\\n"},\
                        {"expect":"^220 go\\r\\n","startTls":true},{"send":"EHLO ${host}\\r\\n"},\
                        {"expect":"^250 (?P<echoed>\\\\S+)\\r\\n"}]}""");
        assertThat(result.get("reason").stringValue()).as(result.toString()).isEqualTo("connected");
        assertThat(result.at("/dialogue/labels/echoed").stringValue()).isEqualTo("mx");
        await().until(() -> connection().has("end"));
        JsonNode seen = connection().get("tls");
        assertThat(seen.get("cipher")).isEqualTo(result.get("tls").get("cipher"));
        assertThat(
                        StreamSupport.stream(result.get("timeline").spliterator(), false)
                                .map(event -> event.get("event").stringValue()))
                .containsSubsequence("first_byte_in", "tls_established");
    }

    @Test
    void definitionIsToldAsItWasGivenWhenItIsRead() {
        open(
                "{\"certificate\":\"server-a\",\"clientAuth\":\"want\",\"fault\":{\"type\":\"alert\"}}");
        Answer read = calls.get("/listeners/a");
        assertThat(read.text())
                .contains(
                        "\"tls\":{\"certificate\":\"server-a\",\"clientAuth\":\"want\","
                                + "\"fault\":{\"type\":\"alert\",\"alert\":\"handshake_failure\"}}")
                .doesNotContain("PRIVATE");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"certificate":"nobody"}                                                 | echo       | 422 | no-certificate
                    {"certificate":"client-a"}                                               | echo       | 422 | no-certificate
                    {}                                                                       | echo       | 400 | tls.certificate
                    {"certificate":"ca"}                                                     | echo       | 400 | tls.certificate
                    {"certificate":"server-a","clientAuth":"perhaps"}                        | echo       | 400 | tls.clientAuth
                    {"certificate":"server-a","alpn":["a b"]}                                | echo       | 400 | tls.alpn
                    {"certificate":"server-a","fault":{}}                                    | echo       | 400 | tls.fault.type
                    {"certificate":"server-a","fault":{"type":"rude"}}                       | echo       | 400 | tls.fault.type
                    {"certificate":"server-a","fault":{"type":"alert","alert":"no_such"}}    | echo       | 400 | tls.fault.alert
                    {"certificate":"server-a","fault":{"type":"expired","alert":"unknown_ca"}} | echo     | 400 | tls.fault.alert
                    {"certificate":"server-a","keys":"x"}                                    | echo       | 400 | tls.keys
                    {"certificate":"server-a"}                                               | queue_full | 400 | tls
                    """)
    void listenerIsRefusedWhenItsHandshakeCannotBe(
            String tls, String behaviour, int status, String named) {
        Answer refused = calls.put("/listeners/a", body(tls, behaviour));
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.text()).contains(named);
        assertThat(calls.get("/listeners/a").status()).isEqualTo(404);
    }

    private JsonNode connection() {
        return calls.get("/listeners/a/connections").json().get("items").get(0);
    }

    private void issue(String name, String kind) {
        Answer issued =
                calls.post(
                        "/certificates",
                        "{\"name\":\"%s\",\"kind\":\"%s\",\"hosts\":[\"localhost\"]}"
                                .formatted(name, kind));
        assertThat(issued.status()).isEqualTo(201);
    }

    /// @return where it listens
    private String open(String tls) {
        Answer opened = calls.put("/listeners/a", body(tls, "echo"));
        assertThat(opened.status()).as(opened.text()).isEqualTo(201);
        return opened.at("/address");
    }

    private static String body(String tls, String behaviour) {
        return "{\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"%s\"},\"tls\":%s}"
                .formatted(behaviour, tls);
    }

    private JsonNode check(String target, String settings) {
        return calls.post(
                        "/checks",
                        "{\"targets\":[\"%s\"],\"settings\":%s}".formatted(target, settings))
                .json()
                .get("results")
                .get(0);
    }
}
