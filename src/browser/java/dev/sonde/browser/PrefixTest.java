package dev.sonde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import dev.sonde.api.HttpTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// The page, its events, Swagger UI and `Location` below `/ops/sonde/` of a reverse proxy, in front
/// of a service with a context path of its own or without one.
@HttpTest
@TestPropertySource(
        properties = {
            "sonde.data-dir=target/data/prefix-${random.uuid}",
            "sonde.security.trusted-proxies=127.0.0.1",
            "sonde.security.open=true"
        })
@DirtiesContext
class PrefixTest {

    @LocalServerPort int port;
    private Chromium chromium;
    private Line proxy;

    @BeforeEach
    void open() {
        chromium = new Chromium();
        proxy = new Line(port, "/ops/sonde");
    }

    @AfterEach
    void close() {
        proxy.close();
        chromium.close();
    }

    @Test
    void pageIsClickedThroughBelowThePrefix() throws Exception {
        HttpResponse<String> made =
                put("/probes/a", "{\"target\":\"127.0.0.1:1\",\"interval\":\"1s\"}");
        assertThat(made.headers().firstValue("Location")).hasValue("/ops/sonde/api/v1/probes/a");
        try (Visit visit = chromium.visit(base())) {
            visit.open("");
            visit.page.locator("[data-probe=a] .down").waitFor();
            visit.page.locator("[data-probe=a] a").click();
            visit.sees("Last results");
            visit.page.locator("#main table button").first().click();
            visit.page.locator("#result img.drawing").waitFor();
            for (String view :
                    new String[] {"Incidents", "Certificates", "Listeners", "Check", "Now"}) {
                visit.page.locator("nav").getByText(view).click();
                visit.page.locator("h1").getByText(view).waitFor();
            }
            visit.isQuiet();
        }
    }

    @Test
    void swaggerCallsTheServiceBelowThePrefix() {
        try (Visit visit = chromium.visit(base())) {
            visit.page.navigate(base() + "/swagger-ui.html");
            visit.page.locator(".opblock").first().waitFor();
            assertThat(visit.page.url()).startsWith(base() + "/swagger-ui/");
            visit.page.locator("#operations-Probes-listProbes .opblock-summary-control").click();
            visit.page.locator("#operations-Probes-listProbes .try-out__btn").click();
            Response answer =
                    visit.page.waitForResponse(
                            each -> each.url().contains("/api/v1/probes"),
                            () ->
                                    visit.page
                                            .locator("#operations-Probes-listProbes .execute")
                                            .click());
            assertThat(answer.url()).startsWith(base() + "/api/v1/probes");
            assertThat(answer.status()).isEqualTo(200);
            visit.isQuiet();
        }
    }

    @Test
    void badgeIsBelowThePrefix() throws Exception {
        put("/probes/b", "{\"target\":\"127.0.0.1:1\",\"interval\":\"1s\"}");
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base() + "/api/v1/probes/b/badge/state.svg"))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.ofString()).body()).contains("<svg");
        }
    }

    private String base() {
        return "http://127.0.0.1:" + proxy.port() + "/ops/sonde";
    }

    private HttpResponse<String> put(String path, String body) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base() + "/api/v1" + path))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString(body))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
