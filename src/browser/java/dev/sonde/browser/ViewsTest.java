package dev.sonde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// Each view of the page, in light and dark, on a desk and on a phone.
@HttpTest
@TestPropertySource(properties = "sonde.data-dir=target/data/views-${random.uuid}")
@DirtiesContext
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ViewsTest {

    @LocalServerPort int port;
    private Chromium chromium;
    private HttpCalls calls;

    @BeforeAll
    void open() {
        chromium = new Chromium();
        calls = new HttpCalls(port);
        calls.put(
                "/probes/closed",
                "{\"target\":\"127.0.0.1:1\",\"interval\":\"1s\",\"labels\":{\"team\":\"net\"}}");
        calls.put("/probes/itself", "{\"target\":\"127.0.0.1:" + port + "\",\"interval\":\"1s\"}");
        calls.put(
                "/probes/strict",
                "{\"target\":\"127.0.0.1:"
                        + port
                        + "\",\"interval\":\"1s\",\"fall\":1,\"expect\":{\"synRetransmits\":\">0\"}}");
        calls.put(
                "/listeners/echo", "{\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"echo\"}}");
        String target = calls.get("/listeners/echo").at("/address");
        calls.put(
                "/listeners/slow",
                "{\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"proxy\",\"to\":\""
                        + target
                        + "\",\"faults\":[{\"name\":\"lag\",\"type\":\"latency\",\"direction\":\"to_client\",\"latency\":\"20ms\"}]}}");
    }

    @AfterAll
    void close() {
        calls.close();
        chromium.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', closed",
        "'', 'synRetransmits is 0, expected >0'",
        "probe/strict, 'Not as expected: synRetransmits is 0, expected >0'",
        "constructor, No such view",
        "probe/itself, Last results",
        "incidents, closed",
        "certificates, No probe has seen a certificate",
        "listeners, lag: latency",
        "check, Target"
    })
    void viewIsWholeInLightAndDarkOnADeskAndOnAPhone(String view, String text) throws Exception {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {1_030, 390}) {
                try (Visit visit =
                        chromium.visit("http://127.0.0.1:" + port, screen(scheme, width))) {
                    String name = view.replace('/', '-') + "-" + scheme + "-" + width;
                    visit.open(view).sees(text).shoot(name).isQuiet().isAccessible();
                }
            }
        }
    }

    @Test
    void addressThatIsBadlyEncodedIsTakenAsItIs() {
        try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
            visit.open("probe/%zz").sees("No probe is named %zz");
        }
    }

    @Test
    void stateIsOnTheScreenSoonAfterItsChangeWithoutAReload() {
        try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
            visit.open("").sees("itself");
            visit.page.evaluate("() => { window.mark = 1; }");
            String peer = calls.get("/listeners/echo").at("/address");
            calls.put(
                    "/probes/turns",
                    "{\"target\":\"" + peer + "\",\"interval\":\"100ms\",\"fall\":1}");
            visit.page.locator("[data-probe=turns] .up").waitFor();
            calls.delete("/listeners/echo");
            visit.page.locator("[data-probe=turns] .down").waitFor();
            assertThat(visit.page.title()).startsWith("(");
            assertThat(visit.page.evaluate("() => window.mark")).isEqualTo(1);
            visit.isQuiet();
            calls.delete("/probes/turns");
            calls.put(
                    "/listeners/echo",
                    "{\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"echo\"}}");
        }
    }

    @Test
    void resultThatIsStoredLateIsReadWithoutAReload() {
        try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
            AtomicInteger asked = new AtomicInteger();
            visit.page.route(
                    "**/probes/itself/results?*",
                    route -> {
                        if (asked.getAndIncrement() > 2) {
                            route.resume();
                        } else {
                            route.fulfill(new FulfillOptions().setBody("{\"items\":[]}"));
                        }
                    });
            visit.open("probe/itself").sees("Last results");
            visit.page.locator("#main table button").first().waitFor();
            assertThat(asked).hasValueLessThan(10);
            visit.isQuiet();
        }
    }

    @Test
    void incidentIsShownThatIsStoredAfterItsEvent() {
        try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
            visit.open("incidents").sees("closed");
            calls.put(
                    "/probes/falls", "{\"target\":\"127.0.0.1:1\",\"interval\":\"1s\",\"fall\":1}");
            visit.sees("falls").isQuiet();
            calls.delete("/probes/falls");
        }
    }

    @Test
    void connectionsOfABusyListenerAreShown() {
        calls.put(
                "/listeners/busy", "{\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"echo\"}}");
        String peer = calls.get("/listeners/busy").at("/address");
        try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
            visit.open("listeners/busy").sees("No connection is open or recorded.");
            String probe = "{\"target\":\"" + peer + "\",\"interval\":\"100ms\"}";
            calls.put("/probes/often", probe);
            visit.sees("Bytes in").isQuiet();
        }
        calls.delete("/probes/often");
        calls.delete("/listeners/busy");
    }

    @Test
    void resultOfADeletedProbeIsShownByItsLink() {
        calls.put("/probes/gone", "{\"target\":\"127.0.0.1:1\",\"interval\":\"1h\"}");
        String id = calls.post("/probes/gone/runs", "").at("/id");
        calls.delete("/probes/gone");
        try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
            visit.open("probe/gone?result=" + id).sees("No probe is named gone.");
            visit.page.locator("#result img.drawing").waitFor();
        }
    }

    @Test
    void probeIsReachedAndRunWithTheKeyboardAlone() {
        try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
            visit.open("").sees("itself");
            visit.page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("itself")).focus();
            visit.page.keyboard().press("Enter");
            visit.sees("Last results");
            visit.page
                    .getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Run now"))
                    .focus();
            visit.page.keyboard().press("Enter");
            visit.page.locator("#result img.drawing").waitFor();
            assertThat(visit.page.url()).contains("#/probe/itself?result=");
            visit.page.reload();
            visit.page.locator("#result img.drawing").waitFor();
            visit.page.goBack();
            visit.page.locator("[data-probe=closed]").waitFor();
            visit.isQuiet();
        }
    }

    @Test
    void checkHasASentenceAndADrawing() {
        try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
            visit.open("check");
            visit.page.getByLabel("Target").fill("127.0.0.1:1");
            visit.page.keyboard().press("Enter");
            visit.page.locator("#result img.drawing").waitFor();
            visit.sees("refused").isQuiet();
        }
    }

    @Test
    void sweepCountsAndIsCancelled() {
        try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
            visit.open("check");
            visit.page.getByLabel("Target").fill("127.0.0.1:1-32");
            visit.page.keyboard().press("Enter");
            visit.sees("32 results in");
            String full =
                    "{\"bind\":\"127.0.0.1:0\",\"backlog\":1,\"behaviour\":{\"type\":\"queue_full\"}}";
            calls.put("/listeners/full", full);
            String silent = calls.get("/listeners/full").at("/address");
            visit.page.getByLabel("Target").fill(silent + " 127.0.0.1:1");
            visit.page.keyboard().press("Enter");
            visit.page.getByText("1 result of 2 so far").waitFor();
            visit.page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Cancel")).click();
            visit.sees("Cancelled.").isQuiet();
            calls.delete("/listeners/full");
        }
    }

    @Test
    void lostConnectionIsShownAndTakenUpAgainWithoutAGap() {
        try (Line line = new Line(port)) {
            Visit over = chromium.visit("http://127.0.0.1:" + line.port());
            over.open("").sees("itself");
            line.cut();
            over.page.locator("body.stale").waitFor();
            over.page.getByText("No connection.").waitFor();
            calls.put(
                    "/probes/late", "{\"target\":\"127.0.0.1:1\",\"interval\":\"1s\",\"fall\":1}");
            line.mend();
            over.page.locator("body:not(.stale)").waitFor();
            over.page.locator("[data-probe=late] .down").waitFor();
            calls.delete("/probes/late");
            over.close();
        }
    }

    private static Browser.NewContextOptions screen(ColorScheme scheme, int width) {
        return new Browser.NewContextOptions().setColorScheme(scheme).setViewportSize(width, 800);
    }
}
