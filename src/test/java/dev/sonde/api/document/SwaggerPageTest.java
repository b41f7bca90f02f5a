package dev.sonde.api.document;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.HttpTest;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// Swagger UI in a browser, at a fresh service: every operation is clicked in displayed order.
@EnabledIfSystemProperty(
        named = "test.browser",
        matches = "true",
        disabledReason = "-Dtest.browser=true clicks through Swagger UI; needs chromium and npm")
@HttpTest
@TestPropertySource(properties = "sonde.data-dir=target/data/browser-${random.uuid}")
@DirtiesContext
class SwaggerPageTest {

    @LocalServerPort int port;

    @Test
    void everyOperationIsAnsweredWhenItIsClickedInDisplayedOrder() throws Exception {
        Process process =
                new ProcessBuilder(
                                "src/test/browser/run",
                                "http://127.0.0.1:" + port,
                                "target/browser")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("failed 0 complaints 0");
    }
}
