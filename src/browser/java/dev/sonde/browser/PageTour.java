package dev.sonde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import java.util.List;

/// A click through the page below a path, with the links that its answers hold.
final class PageTour {

    private static final String PROBE =
            "{\"target\":\"127.0.0.1:1\",\"interval\":\"1s\",\"fall\":1}";

    private PageTour() {}

    /// @param origin scheme, host and port
    /// @param path that everything is below, without a slash at its end
    static void below(Chromium chromium, String origin, String path) {
        try (HttpCalls calls = new HttpCalls(origin + path);
                Visit visit = chromium.visit(origin + path)) {
            Answer made = calls.put("/probes/toured", PROBE);
            assertThat(made.header("Location")).isEqualTo(path + "/api/v1/probes/toured");
            visit.open("");
            visit.page.locator("[data-probe=toured] .down").waitFor();
            visit.page.locator("[data-probe=toured] a").click();
            visit.sees("Last results");
            visit.page.locator("#main table button").first().click();
            visit.page.locator("#result img.drawing").waitFor();
            for (String view : List.of("Incidents", "Certificates", "Listeners", "Check", "Now")) {
                visit.page.locator("nav").getByText(view).click();
                visit.page.locator("h1").getByText(view).waitFor();
            }
            visit.page.locator("nav").getByText("API").click();
            visit.page.locator(".opblock").first().waitFor();
            assertThat(visit.page.url()).startsWith(origin + path + "/swagger-ui/");
            visit.isQuiet();
            links(calls, path);
            calls.delete("/probes/toured");
        }
    }

    private static void links(HttpCalls calls, String path) {
        String drawing = calls.get("/probes/toured").at("/last/timelineUrl");
        assertThat(drawing).startsWith(path + "/api/v1/results/");
        assertThat(calls.root(drawing).text()).contains("<svg");
        assertThat(calls.get("/probes/toured/badge/state.svg").text()).contains("<svg");
        assertThat(calls.get("/events?type=result&for=2s").text())
                .contains("\"timelineUrl\":\"" + path + "/api/v1/results/");
        assertThat(calls.root(path + "/").at("/links/api")).isEqualTo("api/v1");
        Answer none = calls.get("/probes/none");
        assertThat(none.at("/instance")).isEqualTo(path + "/api/v1/probes/none");
    }
}
