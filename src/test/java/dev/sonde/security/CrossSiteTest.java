package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Requests that a browser sends for a page, and the headers of every answer.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class CrossSiteTest {

    @LocalServerPort private int port;

    @ParameterizedTest
    @CsvSource({
        "GET, /probe?target=127.0.0.1:1, cross-site, 403",
        "HEAD, /probe?target=127.0.0.1:1, same-site, 403",
        "POST, /api/v1/checks, cross-site, 403",
        "PUT, /api/v1/probes/a, same-site, 403",
        "DELETE, /api/v1/probes/a, cross-site, 403",
        "POST, /api/v1/probes/a/runs, cross-site, 403",
        "POST, /-/reload, cross-site, 403",
        "GET, /probe?target=127.0.0.1:1&module=tcp_connect, none, 200",
        "DELETE, /api/v1/probes/a, same-origin, 404",
        "GET, /api/v1/probes, cross-site, 200",
    })
    void pagesOfOtherSitesAreRefusedWhenTheRequestHasAnEffect(
            String method, String path, String site, int status) {
        try (Asker asker = new Asker(port)) {
            assertThat(asker.ask("", method, path, "", "Sec-Fetch-Site", site).statusCode())
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/logs, 200",
        "/config, 200",
        "/nowhere, 404",
        "/api/v1/nowhere, 404",
        "/actuator/health/none, 404",
        "/actuator/health/x/y, 404",
        "/actuator/health/readiness/none, 404",
        "/actuator/health/readiness/x/y, 404",
        "/probe, 400",
        "/api/v1/probes, 200",
    })
    void theFiveHeadersAreThereWhenSomethingIsAnswered(String path, int status) {
        try (Asker asker = new Asker(port)) {
            HttpResponse<String> answer = asker.get("", path);
            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.headers().map())
                    .containsKeys(
                            "content-security-policy",
                            "permissions-policy",
                            "referrer-policy",
                            "x-content-type-options",
                            "x-frame-options");
            if (status == 404) {
                assertThat(answer.body()).contains("urn:sonde:problem:not-found");
            }
        }
    }
}
