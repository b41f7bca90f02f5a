package dev.sonde.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.HttpTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/// Requests for checks that cannot be carried out: each is told what is wrong, and changes nothing.
@HttpTest
@SuppressWarnings("NullAway") // a null fails the test
class InvalidCheckTest {

    @Autowired RestTestClient http;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{}|targets",
                "{'targets': null}|targets",
                "{'targets': []}|targets",
                "{'targets': 'a:1'}|targets",
                "{'targets': ['a:1', null]}|targets[1]",
                "{'targets': ['a:1', 5]}|targets[1]",
                "{'targets': ['a:1', 'b']}|targets[1]",
                "{'targets': ['a:0']}|targets[0]",
                "{'targets': ['a:65536']}|targets[0]",
                "{'targets': ['a:1-65536']}|targets[0]",
                "{'targets': ['a:9-1']}|targets[0]",
                "{'targets': ['a:1,']}|targets[0]",
                "{'targets': ['127.1:1']}|targets[0]",
                "{'targets': ['127.0.0.1/28:1']}|targets[0]",
                "{'targets': ['127.0.0.0/33:1']}|targets[0]",
                "{'targets': ['name/24:1']}|targets[0]",
                "{'targets': ['[2001:db8::1/126]:1']}|targets[0]",
                "{'targets': ['2001:db8::1:1']}|targets[0]",
                "{'targets': ['[127.0.0.1]:1']}|targets[0]",
                "{'targets': ['a:1'], 'nosuch': 1}|nosuch",
                "{'targets': ['a:1'], 'concurrency': 0}|concurrency",
                "{'targets': ['a:1'], 'concurrency': 10001}|concurrency",
                "{'targets': ['a:1'], 'concurrency': '5'}|concurrency",
                "{'targets': ['a:1'], 'concurrency': 1.5}|concurrency",
                "{'targets': ['a:1'], 'concurrency': true}|concurrency",
                "{'targets': ['a:1'], 'ratePerSecond': -1}|ratePerSecond",
                "{'targets': ['a:1'], 'ratePerSecond': 99999999999}|ratePerSecond",
                "{'targets': ['a:1'], 'settings': []}|settings",
                "{'targets': ['a:1'], 'settings': {'timeout': 5}}|settings.timeout",
                "{'targets': ['a:1'], 'settings': {'timeout': '5'}}|settings.timeout",
                "{'targets': ['a:1'], 'settings': {'timeout': '0s'}}|settings.timeout",
                "{'targets': ['a:1'], 'settings': {'timeout': '11m'}}|settings.timeout",
                "{'targets': ['a:1'], 'settings': {'addresses': 'all'}}|settings.addresses",
                "{'targets': ['a:1'], 'settings': {'family': 'IPV4'}}|settings.family",
                "{'targets': ['a:1'], 'settings': {'sourceAddress': 'localhost'}}|settings.sourceAddress",
                "{'targets': ['a:1'], 'settings': {'sourceAddress': '127.1'}}|settings.sourceAddress",
                "{'targets': ['a:1'], 'settings': {'close': 'reset'}}|settings.close",
                "{'targets': ['a:1'], 'settings': {'handshake': 'half_open', 'close': 'fin'}}|settings.close",
                "{'targets': ['a:1'], 'settings': {'dialogue': []}}|settings.dialogue",
                "{'targets': ['a:1'], 'settings': {'tls': {'trust': 'me'}}}|settings.tls.trust",
                "{'targets': ['a:1'], 'settings': {'tls': {'minVersion': 'TLSv1'}}}"
                        + "|settings.tls.minVersion",
                "{'targets': ['a:1'], 'settings': {'tls': {'minVersion': 'TLSv1.3',"
                        + " 'maxVersion': 'TLSv1.2'}}}|settings.tls",
                "{'targets': ['a:1'], 'settings': {'tls': {'serverName': '127.1'}}}"
                        + "|settings.tls.serverName",
                "{'targets': ['a:1'], 'settings': {'tls': {}, 'handshake': 'half_open'}}"
                        + "|settings.tls",
                "{'targets': ['a:1'], 'settings': {'dialogue': {}}}|settings.dialogue",
                "{'targets': ['a:1'], 'settings': {'dialogue': [null]}}|settings.dialogue[0]",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{}]}}|settings.dialogue[0]",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'sent': 'a'}]}}|settings.dialogue[0].sent",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'send': ''}]}}|settings.dialogue[0].send",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'send': 'a'}, {'expect': '('}]}}|settings.dialogue[1].expect",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'expect': 'a', 'reject': '['}]}}|settings.dialogue[0].reject",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'send': 'a', 'reject': 'b'}]}}|settings.dialogue[0].reject",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'expect': 'a', 'expectBytes': 'b'}]}}|settings.dialogue[0].expectBytes",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'expectBytes': {'base64': '!'}}]}}|settings.dialogue[0].expectBytes.base64",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'send': '${1}'}]}}|settings.dialogue[0].send",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'delay': 'soon'}]}}|settings.dialogue[0].delay",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'delay': '5s'}]}}|settings.dialogue",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'delay': '600ms'}, {'delay': '400ms'}], 'timeout': '1s'}}|settings.dialogue",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'close': 'fin'}]}}|settings.dialogue[0].close",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'startTls': true}, {'startTls': true}]}}|settings.dialogue[1].startTls",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'startTls': 'yes'}]}}|settings.dialogue[0].startTls",
                "{'targets': ['a:1'], 'settings': {'dialogue': [{'send': 'a'}], 'handshake': 'half_open'}}|settings.dialogue",
                "{'targets': ['a:1'], 'settings': {'observe': {}}}|settings.observe.for",
                "{'targets': ['a:1'], 'settings': {'observe': {'for': '1ms'}}}|settings.observe.for",
                "{'targets': ['a:1'], 'settings': {'observe': {'for': '1s', 'after': '1s'}}}|settings.observe.after",
                "{'targets': ['a:1'], 'settings': {'observe': {'for': '1s', 'send': ''}}}|settings.observe.send",
                "{'targets': ['a:1'], 'settings': {'observe': {'for': '1s', 'nosuch': 1}}}|settings.observe.nosuch",
                "{'targets': ['a:1'], 'settings': {'hold': {}}}|settings.hold.for",
                "{'targets': ['a:1'], 'settings': {'hold': {'for': '25h'}}}|settings.hold.for",
                "{'targets': ['a:1'], 'settings': {'hold': {'for': '1s', 'userTimeout': '0s'}}}|settings.hold.userTimeout",
                "{'targets': ['a:1'], 'settings': {'hold': {'for': '1s', 'send': {'bytes': 1}}}}|settings.hold.send.every",
                "{'targets': ['a:1'], 'settings': {'hold': {'for': '1s', 'send': {'every': '1s', 'bytes': 0}}}}|settings.hold.send.bytes",
                "{'targets': ['a:1'], 'settings': {'hold': {'for': '1s', 'keepalive': {'idle': '1500ms', 'interval': '1s', 'count': 1}}}}|settings.hold.keepalive.idle",
                "{'targets': ['a:1'], 'settings': {'hold': {'for': '1s', 'keepalive': {'idle': '1s', 'count': 1}}}}|settings.hold.keepalive.interval",
                "{'targets': ['a:1'], 'settings': {'hold': {'for': '1s', 'keepalive': {'idle': '1s', 'interval': '1s', 'count': 128}}}}|settings.hold.keepalive.count",
                "{'targets': ['a:1'], 'settings': {'flood': {'bytes': 0}}}|settings.flood.bytes",
                "{'targets': ['a:1'], 'settings': {'flood': {'stallTimeout': '2m'}}}|settings.flood.stallTimeout",
                "{'targets': ['a:1'], 'settings': {'flood': {'for': '11m'}}}|settings.flood.for",
                "{'targets': ['a:1'], 'settings': {'handshake': 'half_open', 'hold': {'for': '1s'}}}|settings.hold",
                "{'targets': [['a:1']]}|targets[0]",
                "{'targets': ['a:1'], 'settings': {'tls': {'alpn': ['']}}}|settings.tls.alpn",
                "[]|body",
                "'text'|body",
            })
    void theFieldIsNamedWhenItIsNotValid(String body, String field) {
        post(body.replace('\'', '"'))
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:sonde:problem:invalid-request")
                .jsonPath("$.instance")
                .isEqualTo("/api/v1/checks")
                .jsonPath("$.errors[0].field")
                .isEqualTo(field)
                .jsonPath("$.errors[0].message")
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'concurrency': '5'}|5|a whole number is expected, without quotes",
                "{'concurrency': true}|true|a whole number is expected, without quotes",
                "{'concurrency': 1e3}|1e3|a whole number is expected, without quotes",
                "{'concurrency': 99999999999}|99999999999|a whole number up to 2147483647 is expected",
                "{'settings': {'flood': {'bytes': '8'}}}|8|a whole number is expected, without quotes",
                "{'settings': {'dialogue': [{'startTls': 'yes'}]}}|yes|true or false is expected, without quotes",
                "{'settings': {'timeout': 5}}|5|a string is expected",
                "{'settings': 'none'}|none|an object is expected",
                "{'targets': 'a:1'}|a:1|an array is expected",
            })
    void whatCameAndWhatWouldBeRightIsToldWhenTheTypeIsAnother(
            String body, String value, String message) {
        post(body.replace('\'', '"'))
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].value")
                .value(String.class, was -> assertThat(was).isEqualTo(value))
                .jsonPath("$.errors[0].message")
                .isEqualTo(message);
    }

    @Test
    void theKnownFieldsAreToldWhenOneIsNotKnown() {
        post("{\"target\": [\"a:1\"]}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.detail")
                .isEqualTo(
                        "target: no such field is known here; known are concurrency, ratePerSecond,"
                                + " settings, targets");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "{",
                "{\"targets\": [\"a:1\"]} x",
                "{\"targets\": [\"a:1\"]}{}",
                "{\"targets\": [\"a:1\"], \"targets\": [\"a:1\"]}",
                "{'targets': ['a:1']}",
                "{\"targets\": [\"a:1\",]}"
            })
    void theBodyIsRefusedWhenItIsNotOneJsonObject(String body) {
        assertThat(problem(body.getBytes(StandardCharsets.UTF_8), "unreadable-body"))
                .contains("\"field\":\"body\"")
                .doesNotContain("jackson", "Exception", "java");
    }

    @Test
    void theBodyIsRefusedWhenItIsNotUtf8() {
        problem(
                "{\"targets\": [\"caf\u00e9:1\"]}".getBytes(StandardCharsets.ISO_8859_1),
                "unreadable-body");
    }

    @Test
    void theBodyIsRefusedWhenItIsNestedTooDeeply() {
        String deep = "{\"targets\": " + "[".repeat(100_000);
        post(deep)
                .expectStatus()
                .isBadRequest()
                .expectBody(String.class)
                .value(
                        text ->
                                assertThat(text)
                                        .contains("urn:sonde:problem:")
                                        .doesNotContain("Exception"));
    }

    @Test
    void theValueIsCutWhenItIsAMegabyteLong() {
        String name = "a".repeat(1_000_000);
        post("{\"targets\": [\"" + name + ":1\"]}")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("targets[0]")
                .jsonPath("$.errors[0].value")
                .value(String.class, value -> assertThat(value).hasSizeLessThan(100));
    }

    @Test
    void theBodyIsRefusedWhenAFieldsNameIsAMegabyteLong() {
        post("{\"" + "a".repeat(1_000_000) + "\": 1}")
                .expectStatus()
                .isBadRequest()
                .expectBody(String.class)
                .value(body -> assertThat(body).hasSizeLessThan(1_000));
    }

    @Test
    void everyWrongFieldIsNamedWhenThereAreSeveral() {
        post("""
                        {"targets": ["x"], "settings": {"timeout": "soon", "family": "six"}}""")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("targets[0]")
                .jsonPath("$.errors[1].field")
                .isEqualTo("settings.family")
                .jsonPath("$.errors[2].field")
                .isEqualTo("settings.timeout");
    }

    @Test
    void theCountIsALeastOneWhenNotEveryFieldIsTold() {
        post("{\"targets\": [" + "\"x\", ".repeat(300) + "\"x\"]}")
                .expectBody()
                .jsonPath("$.detail")
                .value(String.class, text -> assertThat(text).startsWith("100 or more fields"));
    }

    @Test
    void theWaitIsNamedWhenItIsNeitherTrueNorFalse() {
        http.post()
                .uri("/api/v1/checks?wait=perhaps")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"targets\": [\"127.0.0.1:1\"]}")
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.errors[0].field")
                .isEqualTo("wait");
    }

    private String problem(byte[] body, String slug) {
        return http.post()
                .uri("/api/v1/checks")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .isBadRequest()
                .expectBody(String.class)
                .value(text -> assertThat(text).contains("urn:sonde:problem:" + slug))
                .returnResult()
                .getResponseBody();
    }

    private RestTestClient.ResponseSpec post(String body) {
        return http.post()
                .uri("/api/v1/checks")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
