package dev.sonde.api.server;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The reason why the browser's tests do not run without their profile.
@EnabledIfSystemProperty(
        named = "test.browser",
        matches = "true",
        disabledReason = "-Dtest.browser=true clicks through the page; needs chromium")
class PageInBrowserTest {

    @Test
    void testsOfThePageAreThere() {
        assertThatCode(() -> Class.forName("dev.sonde.browser.ViewsTest"))
                .doesNotThrowAnyException();
    }
}
