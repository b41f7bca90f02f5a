package dev.sonde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import dev.sonde.api.HttpTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// The page, its events, Swagger UI and all links below `/ops/sonde/` of a reverse proxy.
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
    void pageIsClickedThroughBelowThePrefix() {
        PageTour.below(chromium, "http://127.0.0.1:" + proxy.port(), "/ops/sonde");
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

    private String base() {
        return "http://127.0.0.1:" + proxy.port() + "/ops/sonde";
    }
}
