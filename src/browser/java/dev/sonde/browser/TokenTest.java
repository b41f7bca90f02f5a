package dev.sonde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import dev.sonde.api.HttpTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// The page of a service with tokens: `view` and `operate`.
@HttpTest
@TestPropertySource(
        properties = {
            "sonde.data-dir=target/data/token-${random.uuid}",
            "sonde.security.tokens[0].name=vera",
            "sonde.security.tokens[0].role=viewer",
            "sonde.security.tokens[0].sha256=2bcb43cbc8f6b7ef66331532881143fcbae60a879db3a8fb853f645bb24c2b3c",
            "sonde.security.tokens[1].name=otto",
            "sonde.security.tokens[1].role=operator",
            "sonde.security.tokens[1].sha256=2c29d39181de8f853de5e48ba983a5c88612b9dbaa5ab32c7748800a0840aeb8"
        })
@DirtiesContext
class TokenTest {

    @LocalServerPort int port;
    private Chromium chromium;

    @BeforeEach
    void open() {
        chromium = new Chromium();
    }

    @AfterEach
    void close() {
        chromium.close();
    }

    @Test
    void tokenIsAskedForOnceAndAgainOnlyWhenItIsRefused() {
        try (Visit visit = ask()) {
            type(visit, "wrong");
            visit.page.getByText("The service refuses the token").waitFor();
            type(visit, "view");
            visit.page.locator(".as-of").getByText("As of").waitFor();
            visit.page.reload();
            visit.page.locator(".as-of").getByText("As of").waitFor();
            assertThat(visit.page.locator("dialog").count()).isZero();
        }
    }

    @Test
    void viewerIsOfferedNoControlThatWouldBeRefused() {
        try (Visit visit = ask()) {
            type(visit, "view");
            visit.open("check").sees("Checks need the role operator");
            assertThat(visit.page.locator("#main button").count()).isZero();
            visit.open("listeners").sees("No listener is open");
            assertThat(visit.page.locator("#main button").count()).isZero();
        }
    }

    @Test
    void operatorIsOfferedTheControls() {
        try (Visit visit = ask()) {
            type(visit, "operate");
            visit.open("check");
            assertThat(visit.page.locator("#main form button").count()).isOne();
        }
    }

    private Visit ask() {
        Visit visit = chromium.visit("http://127.0.0.1:" + port);
        visit.page.navigate("http://127.0.0.1:" + port + "/");
        return visit;
    }

    private static void type(Visit visit, String token) {
        Locator field = visit.page.locator("input[name=token]");
        field.waitFor();
        field.fill(token);
        field.press("Enter");
    }
}
