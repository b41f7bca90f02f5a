package dev.sonde.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.sonde.Starter;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.replica.ReplicaPair;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.ResourceLock;

/// The page behind a proxy that gives each request to another one of three replicas.
@ExtendWith(ReplicaPair.Shared.class)
@ResourceLock("ReplicaPair")
class ReplicaPageTest {

    @Test
    void pageIsClickedThroughWhicheverReplicaAnswers(ReplicaPair pair) throws IOException {
        try (var third = pair.join("three");
                RoundRobin proxy =
                        new RoundRobin(
                                List.of(
                                        pair.port(),
                                        Starter.port(pair.second),
                                        Starter.port(third)));
                HttpCalls calls = new HttpCalls(proxy.port());
                Chromium chromium = new Chromium();
                Visit visit = chromium.visit("http://127.0.0.1:" + proxy.port())) {
            for (String name : List.of("first", "second", "third")) {
                calls.put(
                        "/probes/" + name,
                        "{\"target\": \"127.0.0.1:%d\", \"interval\": \"1s\"}"
                                .formatted(pair.port()));
            }
            String echo =
                    "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"}, \"replica\": \"%s\"}";
            calls.put("/listeners/everywhere", echo.formatted("all"));
            calls.put("/listeners/at-two", echo.formatted("two"));
            probes(visit);
            listeners(visit);
            check(visit, pair.port());
            visit.isQuiet();
        }
    }

    private static void probes(Visit visit) {
        visit.open("");
        for (String name : List.of("first", "second", "third")) {
            visit.page.locator("nav").getByText("Now").click();
            visit.page.locator("[data-probe=" + name + "] .up").waitFor();
            visit.page.locator("[data-probe=" + name + "] a").click();
            visit.sees("Last results");
            visit.page
                    .getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Run now"))
                    .click();
            visit.page.locator("#result img.drawing").waitFor();
            visit.page.reload();
            visit.page.locator("#result img.drawing").waitFor();
            visit.page.locator("#main table button").first().click();
            visit.page.locator("#result img.drawing").waitFor();
        }
        for (String view : List.of("Incidents", "Certificates", "Check", "Now")) {
            visit.page.locator("nav").getByText(view).click();
            visit.page.locator("h1").getByText(view).waitFor();
        }
    }

    private static void listeners(Visit visit) {
        visit.page.locator("nav").getByText("Listeners").click();
        for (String name : List.of("at-two", "everywhere")) {
            visit.page.locator("#main").getByText(name).click();
            visit.sees("Connections of " + name);
            Locator row =
                    visit.main()
                            .locator("tr")
                            .filter(new Locator.FilterOptions().setHasText(name))
                            .first();
            row.getByText("Pause").click();
            row.getByText("Resume").click();
            row.getByText("Pause").waitFor();
        }
        visit.sees("at three");
    }

    private static void check(Visit visit, int port) {
        for (int i = 0; i < 3; i++) {
            visit.page.locator("nav").getByText("Check").click();
            visit.page.getByLabel("Target").fill("127.0.0.1:" + port);
            visit.page.keyboard().press("Enter");
            visit.page.locator("#result img.drawing").waitFor();
            visit.page.locator("nav").getByText("Now").click();
            visit.page.locator("h1").getByText("Now").waitFor();
        }
    }
}
