package dev.sonde.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/// The page of metrics, held to a scrape and to the names in the code. A row is a metric with its
/// type and its labels. The name has the unit.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMetrics
@AutoConfigureRestTestClient
class MetricPageTest {

    private static final Path PAGE = Path.of("docs", "reference", "metrics.md");
    private static final Path CODE = Path.of("src", "main", "java", "dev", "sonde", "metrics");

    private static final String NAME = "(?:sonde|blackbox)[a-z_]+";
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ((?:[^|]*\\| )?`" + NAME + "`[^|]*)\\| ([^|]*)\\|");
    private static final Pattern CODE_SPAN = Pattern.compile("`([a-z_]+)`");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^# TYPE (" + NAME + ") (\\S+)\\n((?:(?!#).*\\n)*)");
    private static final Pattern LABEL = Pattern.compile("[{,]([a-z_]+)=\"");
    private static final Pattern LITERAL =
            Pattern.compile("(?<!Propert(?:y|ies)\\()\"((?:sonde|blackbox)[._][a-z._]+)\"");

    /// Parts of a name that the code leaves to the library.
    private static final Pattern ENDING = Pattern.compile("(?:_(?:total|seconds|bytes|info))+$");

    @Autowired RestTestClient http;

    /// @param labels beside those of every probe
    record Metric(String type, Set<String> labels) {}

    @BeforeEach
    void open() {
        put("listeners", "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"hold\"}}");
        put("probes", "{\"target\": \"127.0.0.1:1\", \"interval\": \"100ms\", \"fall\": 1}");
        await().until(() -> scrape().contains("sonde_probe_failure_info{"));
    }

    @AfterEach
    void close() {
        http.delete().uri("/api/v1/listeners/on-page").exchange();
        http.delete().uri("/api/v1/probes/on-page").exchange();
    }

    private void put(String list, String body) {
        http.put()
                .uri("/api/v1/" + list + "/on-page")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange()
                .expectStatus()
                .is2xxSuccessful();
    }

    @Test
    void everyMetricOfAScrapeIsOnThePageWithItsTypeAndItsLabels() throws Exception {
        Map<String, Metric> rows = rows();
        Map<String, Metric> scraped = scraped();
        assertThat(scraped).hasSizeGreaterThan(40);
        scraped.forEach(
                (name, metric) ->
                        assertThat(rows.get(name))
                                .as(name)
                                .isNotNull()
                                .satisfies(
                                        row -> assertThat(row.type()).isEqualTo(metric.type()),
                                        row ->
                                                assertThat(row.labels())
                                                        .containsAll(metric.labels())));
    }

    @Test
    void everyRowIsAMetricOfTheCodeAndEveryMetricOfTheCodeHasARow() throws Exception {
        assertThat(rows().keySet().stream().map(MetricPageTest::stem))
                .containsAll(code())
                .isSubsetOf(code());
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

    /// The type of a row is that of its name: a counter ends in `_total`, a histogram says so.
    private static Map<String, Metric> rows() throws IOException {
        Map<String, Metric> rows = new TreeMap<>();
        ROW.matcher(Files.readString(PAGE))
                .results()
                .forEach(
                        row ->
                                spans(row.group(1))
                                        .filter(name -> name.matches(NAME))
                                        .forEach(name -> rows.put(name, metric(name, row))));
        return rows;
    }

    private static Metric metric(String name, MatchResult row) {
        String other = row.group(1).contains("(histogram)") ? "histogram" : "gauge";
        return new Metric(
                name.endsWith("_total") ? "counter" : other,
                spans(row.group(2)).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Stream<String> spans(String cell) {
        return CODE_SPAN.matcher(cell).results().map(span -> span.group(1));
    }

    /// The `_max` beside a histogram is Micrometer's.
    private Map<String, Metric> scraped() {
        return TYPE.matcher(scrape())
                .results()
                .filter(family -> !family.group(1).endsWith("_seconds_max"))
                .collect(
                        Collectors.toMap(
                                family -> family.group(1),
                                family -> new Metric(family.group(2), labels(family.group(3)))));
    }

    private static Set<String> labels(String samples) {
        Set<String> labels =
                LABEL.matcher(samples)
                        .results()
                        .map(label -> label.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        labels.removeAll(List.of("le", "probe", "target"));
        return labels;
    }

    private String scrape() {
        return String.valueOf(
                http.get()
                        .uri("/actuator/prometheus")
                        .exchange()
                        .expectStatus()
                        .isOk()
                        .expectBody(String.class)
                        .returnResult()
                        .getResponseBody());
    }

    private static Set<String> code() throws IOException {
        Set<String> names = new TreeSet<>();
        try (Stream<Path> sources = Files.list(CODE)) {
            for (Path source : sources.toList()) {
                LITERAL.matcher(Files.readString(source))
                        .results()
                        .map(literal -> stem(literal.group(1).replace('.', '_')))
                        .forEach(names::add);
            }
        }
        return names;
    }

    private static String stem(String name) {
        return ENDING.matcher(name).replaceFirst("");
    }
}
