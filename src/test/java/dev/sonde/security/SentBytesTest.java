package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.blackbox.modules.Sends;
import dev.sonde.lab.Endpoints;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What definitions send is shown to who may change them, and to nobody else.
@SecuredTest
class SentBytesTest {

    private static final String PROBE =
            """
            {"target": "127.0.0.1:%d", "interval": "1h", "paused": true, "settings":
             {"dialogue": [{"send": %s, "expect": "^OK"}]}}""";

    private static final String LISTENER =
            """
            {"name": "{name}", "bind": "127.0.0.1:0", "behaviour": {behaviour}}""";

    private static final String DOCUMENT =
            """
            {"sources": [{"http_sd": {"url": "http://127.0.0.1:1/", "basic_auth":
             {"username": "a", "password": "hunter2"}}, "probe": {"interval": "1h", "settings":
             {"dialogue": [{"send": "hunter2"}]}}}]}""";

    @LocalServerPort private int port;
    private Asker asker;

    @BeforeEach
    void connect() throws Exception {
        asker = new Asker(port);
        String probe = PROBE.formatted(Endpoints.freePort(), "\"PASS hunter2\"");
        asker.ask("operate", "PUT", "/api/v1/probes/sends", probe);
        asker.ask("operate", "PUT", "/api/v1/definitions/sends", DOCUMENT);
        open("banner", "{\"type\": \"banner\", \"data\": \"hunter2\"}");
        open("talks", "{\"type\": \"dialogue\", \"steps\": [{\"send\": \"hunter2\"}]}");
    }

    private void open(String name, String behaviour) {
        asker.post(
                "operate",
                "/api/v1/listeners",
                LISTENER.replace("{name}", name).replace("{behaviour}", behaviour));
    }

    @AfterEach
    void disconnect() {
        asker.ask("operate", "DELETE", "/api/v1/probes/sends", "");
        asker.ask("operate", "DELETE", "/api/v1/definitions/sends", "");
        asker.ask("operate", "DELETE", "/api/v1/listeners/banner", "");
        asker.ask("operate", "DELETE", "/api/v1/listeners/talks", "");
        asker.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/probes/sends",
                "/api/v1/probes/sends?view=definition",
                "/api/v1/probes",
                "/api/v1/listeners/banner",
                "/api/v1/listeners/talks",
                "/api/v1/listeners",
                "/api/v1/definitions/sends",
            })
    void viewerSeesThatBytesAreSentAndNotWhich(String path) {
        assertThat(asker.get("view", path).body())
                .contains("{\"hidden\":true}")
                .doesNotContain("hunter2");
        assertThat(asker.get("operate", path).body()).contains("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"/api/v1/probes/sends", "/api/v1/probes/other"})
    void hiddenBytesAreRefusedWhenTheyAreSentBack(String path) {
        String body = PROBE.formatted(1, "{\"hidden\": true}");
        var answer = asker.ask("operate", "PUT", path, body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("settings.dialogue[0].send", "hidden is only the mark");
    }

    @Test
    void changeOfAnotherFieldKeepsTheBytes() {
        var answer =
                asker.ask(
                        "operate",
                        "PATCH",
                        "/api/v1/probes/sends",
                        "{\"interval\": \"2h\"}",
                        "Content-Type",
                        "application/merge-patch+json");
        assertThat(answer.statusCode()).isLessThan(500);
        assertThat(asker.get("operate", "/api/v1/probes/sends").body()).contains("hunter2");
    }

    @Test
    void textOfModulesLosesWhatTheySend() {
        String yaml = "modules:\n  a:\n    tcp:\n      query_response:\n      - send: hunter2\n";
        assertThat(Sends.replaced(yaml, SentBytes.HIDDEN))
                .contains("send:\n", "hidden: true")
                .doesNotContain("hunter2");
        assertThat(Map.of("hidden", true)).isEqualTo(SentBytes.HIDDEN);
    }
}
