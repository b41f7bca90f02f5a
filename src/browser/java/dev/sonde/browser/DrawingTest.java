package dev.sonde.browser;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// The boxes of a drawing's texts as the browser lays them out.
@HttpTest
class DrawingTest {

    /// All pairs of texts that overlap, and all texts that are cut off.
    private static final String FAULTS =
            """
            () => {
              const all = [...document.querySelectorAll('text')].map(one => [one.textContent, one.getBBox()]);
              const { width, height } = document.documentElement.viewBox.baseVal;
              return all.flatMap(([words, a], i) => [
                ...(a.x < 0 || a.y < 0 || a.x + a.width > width || a.y + a.height > height ? ['cut off: ' + words] : []),
                ...all.slice(i + 1).filter(([, b]) => a.x < b.x + b.width && b.x < a.x + a.width
                  && a.y + 2 < b.y + b.height && b.y + 2 < a.y + a.height).map(([other]) => words + ' / ' + other)]);
            }
            """;

    @LocalServerPort int port;

    @ParameterizedTest
    @ValueSource(ints = {390, 1_030})
    void noTextOverlapsAnotherOrIsCutOff(int width) {
        try (Chromium chromium = new Chromium();
                HttpCalls calls = new HttpCalls(port)) {
            calls.put(
                    "/listeners/drawn",
                    "{\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"echo\"}}");
            calls.put(
                    "/listeners/between",
                    "{\"bind\":\"127.0.0.1:0\",\"behaviour\":{\"type\":\"proxy\",\"to\":\"%s\"}}"
                            .formatted(calls.get("/listeners/drawn").at("/address")));
            String checked =
                    "{\"targets\":[\"%s\",\"127.0.0.1:1\",\"nope.invalid:1\",\"169.254.169.254:80\"],\"settings\":{\"observe\":{\"send\":\"x\",\"for\":\"5s\"}}}"
                            .formatted(calls.get("/listeners/between").at("/address"));
            var results = calls.post("/checks", checked).json().get("results");
            try (Visit visit = chromium.visit("http://127.0.0.1:" + port)) {
                for (var result : results) {
                    visit.page.navigate(
                            "http://127.0.0.1:%d/api/v1/results/%s/timeline.svg?width=%d"
                                    .formatted(port, result.get("id").stringValue(), width));
                    assertThat((List<?>) visit.page.evaluate(FAULTS)).isEmpty();
                }
            }
            calls.delete("/listeners/between");
            calls.delete("/listeners/drawn");
        }
    }
}
