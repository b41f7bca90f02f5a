package dev.sonde.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.web.servlet.client.RestTestClient;

/// The page of metrics, held to what a scrape has.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMetrics
@AutoConfigureRestTestClient
class MetricPageTest {

    private static final Path PAGE = Path.of("docs", "reference", "metrics.md");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^# TYPE ((?:sonde|blackbox)_\\S+) (\\S+)$");

    @Autowired RestTestClient http;

    @Test
    void everyMetricOfAScrapeIsOnThePage() throws Exception {
        String page = Files.readString(PAGE);
        assertThat(scraped())
                .hasSizeGreaterThan(30)
                .allMatch(name -> page.contains("`" + name + "`"));
    }

    @Test
    void everyFamilyOfProbesIsOnThePageUnderItsWord() throws Exception {
        String page = Files.readString(PAGE);
        for (ProbeSeries family : ProbeSeries.values()) {
            String word = family.name().toLowerCase(Locale.ROOT).replace('_', '-');
            assertThat(page)
                    .containsPattern("\\| `" + word + "`(?: \\*)? \\| `" + family.metric() + "`");
        }
    }

    /// The `_max` beside a histogram is Micrometer's.
    private Set<String> scraped() {
        String text =
                http.get()
                        .uri("/actuator/prometheus")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody();
        Set<String> names = new TreeSet<>();
        Matcher types = TYPE.matcher(String.valueOf(text));
        while (types.find()) {
            if (!types.group(1).endsWith("_seconds_max")) {
                names.add(types.group(1));
            }
        }
        return names;
    }
}
