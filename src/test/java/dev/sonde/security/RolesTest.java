package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.blackbox.direct.DirectScrapes;
import dev.sonde.lab.KeptConnection;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The table of who may do what, asked over HTTP.
@SecuredTest
class RolesTest {

    /// What `printf %s again | sha256sum` prints.
    private static final String AGAIN_SHA256 =
            "b4c9e14061c2fd453b36700e3b0da008db2189c711ac629f0f583089164e267d";

    @LocalServerPort private int port;
    @Autowired private StaticTokens tokens;
    @Autowired private SecurityProperties properties;
    @Autowired private DirectScrapes loops;
    private Asker asker;

    @BeforeEach
    void connect() {
        asker = new Asker(port);
    }

    @AfterEach
    void disconnect() {
        asker.close();
    }

    @Test
    void aConnectionThatIsKeptIsRefusedWhenItsTokenIsGone() throws IOException {
        List<SecurityProperties.Token> usual = properties.tokens();
        List<SecurityProperties.Token> more = new ArrayList<>(usual);
        more.add(new SecurityProperties.Token("pia", Role.PROBER, AGAIN_SHA256));
        String scrape =
                """
                GET /probe?module=tcp_connect&target=127.0.0.1:1 HTTP/1.1\r
                Host: localhost\r
                Authorization: Bearer again\r
                \r
                """;
        try (KeptConnection caller = KeptConnection.open(port)) {
            tokens.replace(more);
            long before = loops.answered();
            while (loops.answered() < before + 2) {
                assertThat(caller.ask(scrape).head()).startsWith("HTTP/1.1 200 ");
            }
            tokens.replace(usual);
            assertThat(caller.ask(scrape).head()).startsWith("HTTP/1.1 401 ");
        } finally {
            tokens.replace(usual);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // path, method, and answers for nobody, viewer, prober, operator, administrator
        "GET,    /actuator/health,               200, 200, 200, 200, 200",
        "GET,    /actuator/health/liveness,      200, 200, 200, 200, 200",
        "GET,    /v3/api-docs,                   200, 200, 200, 200, 200",
        "GET,    /v3/api-docs/swagger-config,    200, 200, 200, 200, 200",
        "GET,    /swagger-ui.html,               302, 302, 302, 302, 302",
        "GET,    /swagger-ui/index.html,         200, 200, 200, 200, 200",
        "GET,    /actuator/prometheus,           401, 200, 200, 200, 200",
        "GET,    /metrics,                       401, 200, 200, 200, 200",
        "GET,    /actuator/info,                 401, 200, 200, 200, 200",
        "GET,    /actuator,                      401, 200, 200, 200, 200",
        "GET,    /probe,                         401, 403, 400, 400, 400",
        "GET,    /probe?module=none,             401, 403, 400, 400, 400",
        "GET,    /,                              200, 200, 200, 200, 200",
        "GET,    /page/page.js,                  200, 200, 200, 200, 200",
        "GET,    /favicon.ico,                   200, 200, 200, 200, 200",
        "GET,    /api/v1/status,                 200, 200, 200, 200, 200",
        "GET,    /api/v1/probes/none/badge/state.svg, 404, 404, 404, 404, 404",
        "GET,    /api/v1/caller,                 401, 200, 200, 200, 200",
        "GET,    /-/healthy,                     200, 200, 200, 200, 200",
        "GET,    /config,                        401, 200, 200, 200, 200",
        "GET,    /logs,                          401, 200, 200, 200, 200",
        "GET,    /api/v1/checks,                 401, 200, 200, 200, 200",
        "HEAD,   /api/v1/probes,                 401, 200, 200, 200, 200",
        "POST,   /api/v1/checks,                 401, 403, 403, 400, 400",
        "POST,   /api/v1/probes,                 401, 403, 403, 400, 400",
        "POST,   /api/v1/probes/bulk,            401, 403, 403, 400, 400",
        "PUT,    /api/v1/probes/none,            401, 403, 403, 400, 400",
        "DELETE, /api/v1/probes/none,            401, 403, 403, 404, 404",
        "POST,   /api/v1/probes/none/runs,       401, 403, 403, 404, 404",
        "DELETE, /api/v1/listeners/none,         401, 403, 403, 404, 404",
        "GET,    /api/v1/certificates,           401, 200, 200, 200, 200",
        "POST,   /api/v1/certificates,           401, 403, 403, 403, 400",
        "DELETE, /api/v1/certificates/a,         401, 403, 403, 403, 404",
        "GET,    /api/v1/notifications,          401, 200, 200, 200, 200",
        "POST,   /api/v1/notifications/test,     401, 403, 403, 400, 400",
        "POST,   /-/reload,                      401, 403, 403, 403, 200",
        "POST,   /actuator/health,               401, 403, 403, 403, 403",
        "MAKE,   /api/v1/checks,                 401, 403, 403, 405, 405",
        "GET,    /nowhere,                       401, 403, 403, 403, 403",
        "GET,    /error,                         401, 403, 403, 403, 403",
    })
    void theTableDecidesWhenAPathIsAskedFor(
            String method,
            String path,
            int nobody,
            int viewer,
            int prober,
            int operator,
            int administrator) {
        assertThat(status("", method, path)).as("nobody").isEqualTo(nobody);
        assertThat(status("view", method, path)).as("a viewer").isEqualTo(viewer);
        assertThat(status("scrape", method, path)).as("a prober").isEqualTo(prober);
        assertThat(status("operate", method, path)).as("an operator").isEqualTo(operator);
        assertThat(status("administer", method, path))
                .as("an administrator")
                .isEqualTo(administrator);
    }

    private int status(String token, String method, String path) {
        return asker.ask(token, method, path, "").statusCode();
    }

    @Test
    void theAnswerIsAProblemAndAChallengeWhenNoTokenIsShown() {
        HttpResponse<String> answer = asker.get("", "/api/v1/checks");
        assertThat(answer.body())
                .contains("\"type\":\"urn:sonde:problem:unauthenticated\"", "\"status\":401")
                .contains("\"instance\":\"/api/v1/checks\"", "a bearer token is needed");
        assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
        assertThat(header(answer, "www-authenticate")).startsWith("Bearer");
    }

    @Test
    void theAnswerIsAProblemWhenTheTokenIsUnknown() {
        HttpResponse<String> answer = asker.get("guess", "/api/v1/checks");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("the bearer token is not accepted");
        assertThat(header(answer, "www-authenticate")).contains("error=\"invalid_token\"");
    }

    @Test
    void theAnswerIsAProblemWhenTheRoleDoesNotSuffice() {
        HttpResponse<String> answer = asker.post("view", "/api/v1/checks", "{}");
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("\"type\":\"urn:sonde:problem:forbidden\"", "vera may not POST this");
        assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
    }

    @Test
    void aTokenIsNotAcceptedWhenItStandsInTheQuery() {
        assertThat(asker.get("", "/api/v1/checks?access_token=view").statusCode()).isEqualTo(401);
    }

    @Test
    void healthTellsNoDetailsWhenNobodyIsKnownToAsk() {
        assertThat(asker.get("", "/actuator/health").body()).doesNotContain("components");
        assertThat(asker.get("view", "/actuator/health").body()).contains("components");
    }

    @Test
    void answersCarryTheHeadersOfSafetyWhenABrowserAsks() {
        HttpResponse<String> answer = asker.get("view", "/api/v1/checks");
        assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
        assertThat(header(answer, "x-frame-options")).isEqualTo("DENY");
        assertThat(header(answer, "content-security-policy")).contains("default-src 'self'");
        assertThat(header(answer, "referrer-policy")).isEqualTo("no-referrer");
        assertThat(header(answer, "cache-control")).contains("no-store");
        assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
    }

    @Test
    void swaggerUiCanAuthoriseWhenItReadsTheDescription() {
        assertThat(asker.get("", "/v3/api-docs").body())
                .contains("\"bearer\":{\"type\":\"http\"", "\"security\":[{\"bearer\":[]}]");
    }

    private static String header(HttpResponse<String> answer, String name) {
        return answer.headers().firstValue(name).orElse("");
    }
}
