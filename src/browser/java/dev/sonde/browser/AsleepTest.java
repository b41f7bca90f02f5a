package dev.sonde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.LoadState;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/// The page while nothing comes, after a sleep, and at rest. The test moves the browser's clock.
@HttpTest
@TestPropertySource(
        properties = {
            "sonde.data-dir=target/data/asleep-${random.uuid}",
            "sonde.events.heartbeat=100ms"
        })
@DirtiesContext
class AsleepTest {

    private static final String STALE = "body.stale";
    private static final String FRESH = "body:not(.stale)";

    @LocalServerPort int port;
    private Chromium chromium;
    private HttpCalls calls;
    private Line line;
    private Visit visit;

    @BeforeEach
    void open() {
        chromium = new Chromium();
        calls = new HttpCalls(port);
        calls.put(
                "/probes/itself",
                "{\"target\":\"127.0.0.1:%d\",\"interval\":\"1s\"}".formatted(port));
        line = new Line(port);
        visit = chromium.visit("http://127.0.0.1:" + line.port());
        visit.page.clock().install();
    }

    @AfterEach
    void close() {
        line.close();
        visit.close();
        chromium.close();
        calls.close();
    }

    /// Heartbeats come every 15 s, and the page looks every 5 s.
    @Test
    void pageGreysWhenTwoHeartbeatsAreMissing() {
        visit.open("").sees("itself");
        line.hold();
        pause();
        visit.page.clock().runFor(28_000);
        assertThat(visit.page.locator(FRESH).count()).isOne();
        visit.page.clock().runFor(9_000);
        assertThat(visit.page.locator(STALE).count()).isOne();
        assertThat(visit.page.locator(".as-of").innerText()).startsWith("No connection. As of ");
        line.release();
        visit.page.clock().resume();
        visit.page.locator(FRESH).waitFor();
    }

    /// Bytes that waited for the tab come before anything else.
    @Test
    void tabThatSleptLoadsAnewBeforeItShowsAState() {
        visit.open("").sees("itself");
        AtomicReference<Route> asked = new AtomicReference<>();
        visit.page.route("**/api/v1/probes?*", asked::set);
        line.hold();
        pause();
        calls.put("/probes/late", "{\"target\":\"127.0.0.1:1\",\"interval\":\"1s\",\"fall\":1}");
        visit.page.clock().fastForward(600_000);
        visit.page.evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
        assertThat(visit.page.locator(STALE).count()).isOne();
        line.release();
        visit.page.clock().resume();
        visit.page.waitForCondition(() -> asked.get() != null);
        assertThat(visit.page.locator(STALE).count()).isOne();
        assertThat(visit.page.locator(".as-of").innerText()).startsWith("Loading anew. As of ");
        visit.page.unroute("**/api/v1/probes?*");
        asked.get().resume();
        visit.page.locator(FRESH).waitFor();
        visit.page.locator("[data-probe=late]").waitFor();
        calls.delete("/probes/late");
    }

    /// Five minutes pass in the browser, and a few seconds in the service.
    @ParameterizedTest
    @ValueSource(strings = {"", "probe/itself", "incidents", "certificates", "listeners", "check"})
    void openPageAsksNothingAtRest(String view) {
        visit.page.waitForCondition(() -> calls.get("/probes/itself").at("/state").equals("up"));
        visit.open(view);
        visit.page.waitForLoadState(LoadState.LOAD);
        visit.page.waitForTimeout(2_000);
        List<String> requests = new ArrayList<>();
        visit.page.onRequest(request -> requests.add(request.url()));
        pause();
        for (int part = 0; part < 30; part++) {
            long heard = line.passed();
            visit.page.clock().runFor(10_000);
            visit.page.waitForCondition(() -> line.passed() > heard);
        }
        assertThat(requests).isEmpty();
    }

    /// From now on the browser's time moves only as the test says.
    private void pause() {
        double now = ((Number) visit.page.evaluate("() => Date.now()")).doubleValue();
        visit.page.clock().pauseAt((long) now + Duration.ofSeconds(1).toMillis());
    }
}
