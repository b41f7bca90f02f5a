package dev.sonde.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.keeping.MaintenanceCalendar;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.Thresholds;
import dev.sonde.schedule.Schedules;
import dev.sonde.schedule.plan.ProbeFigures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "sonde.metrics.probe-series=20",
            "sonde.metrics.probe-labels=team,site",
            "sonde.metrics.probe-families=up,last-duration,rtt,failures,not-probed,not-probed-runs,"
                    + "failure-info,runs,info,state-since,last-run,overdue,certificate,phases,"
                    + "syn-retransmits"
        })
@AutoConfigureMetrics
class ScrapeTest {

    private static final String OPEN_METRICS = "application/openmetrics-text;version=1.0.0";

    @LocalServerPort int port;
    @Autowired Schedules schedules;

    @AfterEach
    void deleteAll() {
        ProbeFigures figures = schedules.figures();
        for (int i = 0; i < figures.size(); i++) {
            schedules.change(figures.definition(i).name(), _ -> null);
        }
    }

    private void probe(String name, int target, ProbeState awaited) {
        ProbeSpec spec = ProbeSpec.of(new Target("127.0.0.1", target), Duration.ofMillis(100));
        schedules.change(
                name,
                _ ->
                        new ProbeSpec(
                                spec.target(),
                                spec.interval(),
                                spec.settings(),
                                null,
                                spec.labels(),
                                false,
                                new Thresholds(1, 1)));
        await().until(() -> schedules.find(name).orElseThrow().health().state() == awaited);
    }

    private String scrape(String accept) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/actuator/prometheus");
        HttpRequest request = HttpRequest.newBuilder(uri).header("Accept", accept).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    @Test
    void scrapeHasSeriesOfEachProbeThatIsKnownToBeUpOrDown() throws Exception {
        probe("open", port, ProbeState.UP);
        String text = scrape("text/plain");
        String labels = "{probe=\"open\",target=\"127.0.0.1:" + port + "\"}";
        assertThat(text)
                .contains("# TYPE sonde_probe_up gauge\nsonde_probe_up" + labels + " 1\n")
                .contains("sonde_probe_last_duration_seconds" + labels + " 0.0")
                .contains("sonde_probe_rtt_seconds" + labels + " 0.0")
                .contains("# TYPE sonde_probe_failures_total counter\n")
                .contains("sonde_probe_series_dropped 0\n")
                .contains("sonde_schedule_lateness_seconds_bucket{le=\"0.001\"}")
                .contains("sonde_schedule_skipped_total ")
                .contains("sonde_syn_retransmits_total ")
                .contains("sonde_probe_observation_error_seconds_bucket")
                .contains("sonde_probe_syn_retransmits_total" + labels + " 0\n")
                .containsPattern(
                        matching("sonde_probe_runs_total", labels, ",outcome=\"succeeded\""))
                .containsPattern(matching("sonde_probe_runs_total", labels, ",outcome=\"failed\""))
                .containsPattern(
                        matching("sonde_probe_phase_seconds", labels, ",phase=\"connect\""))
                .containsPattern(
                        matching(
                                "sonde_probe_state_since_timestamp_seconds",
                                labels,
                                ",state=\"up\""))
                .containsPattern(matching("sonde_probe_last_run_timestamp_seconds", labels, ""))
                .contains("sonde_probe_info" + labels + " 1\n")
                .doesNotContain("sonde_probe_overdue_seconds{")
                .doesNotContain("sonde_probe_failure_info{")
                .doesNotContain("not_after_timestamp_seconds{")
                .doesNotContain("spring_security");
    }

    private static String matching(String metric, String labels, String more) {
        String series = metric + labels.replace("}", more + "} ");
        return "(?m)^\\Q" + series + "\\E[0-9]+(\\.[0-9]+)?$";
    }

    @Test
    void infoHasTheChosenLabelsThatTheProbeHas() throws Exception {
        probe("open", port, ProbeState.UP);
        schedules.change(
                "open",
                before ->
                        Objects.requireNonNull(before)
                                .spec()
                                .withLabels(Map.of("team", "a \"b\"", "rack", "7")));
        assertThat(scrape("text/plain"))
                .contains(",team=\"a \\\"b\\\"\"} 1\n")
                .doesNotContain("rack=")
                .doesNotContain("site=");
    }

    @Test
    void reasonAndPhaseAreSaidWhileTheLatestRunFailed() throws Exception {
        probe("closed", 1, ProbeState.DOWN);
        assertThat(scrape("text/plain"))
                .contains(
                        "sonde_probe_failure_info{probe=\"closed\",target=\"127.0.0.1:1\","
                                + "reason=\"refused\",phase=\"connect\"} 1\n");
        probe("closed", port, ProbeState.UP);
        assertThat(scrape("text/plain")).doesNotContain("sonde_probe_failure_info{");
    }

    @Test
    void deniedProbeIsPendingAndItsRunsAreCounted() throws Exception {
        schedules.change(
                "denied",
                _ -> ProbeSpec.of(new Target("169.254.169.254", 80), Duration.ofMillis(100)));
        await().untilAsserted(
                        () ->
                                assertThat(scrape("text/plain"))
                                        .containsPattern(
                                                "sonde_probe_not_probed_runs\\{probe=\"denied\",.*"
                                                        + "reason=\"denied_by_policy\"} [1-9]")
                                        .containsPattern(
                                                "sonde_probe_runs_total\\{probe=\"denied\",.*"
                                                        + "outcome=\"not_probed\"} [1-9]")
                                        .contains("state=\"pending\"")
                                        .doesNotContain("sonde_probe_up{"));
    }

    @Test
    void missingRunIsSaidWhenItsTimeIsLongOver() throws Exception {
        probe("open", port, ProbeState.UP);
        SeriesLabels labels = labels(SeriesLabels.NONE);
        long later = Instant.now().toEpochMilli() + 3 * 100 + 60_000 + 5_000;
        assertThat(text(labels, later)).contains("sonde_probe_overdue_seconds{probe=\"open\"");
        assertThat(text(labels, later - 60_000)).doesNotContain("sonde_probe_overdue_seconds{");
    }

    @Test
    void openMetricsEndsOnceAndNamesTheCountersFamily() throws Exception {
        probe("closed", 1, ProbeState.DOWN);
        String text = scrape(OPEN_METRICS);
        assertThat(text)
                .contains("sonde_probe_up{probe=\"closed\",target=\"127.0.0.1:1\"} 0\n")
                .contains("# TYPE sonde_probe_failures counter\n")
                .containsPattern(
                        "sonde_probe_failures_total\\{probe=\"closed\",target=\"127.0.0.1:1\","
                                + "reason=\"refused\"} \\d+\n")
                .containsOnlyOnce("# EOF")
                .endsWith("# EOF\n");
    }

    @Test
    void answersOnOneConnectionAreWholeAndInOrder() throws Exception {
        probe("open", port, ProbeState.UP);
        String scrape = "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAccept: " + OPEN_METRICS;
        String last = "GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n";
        String requests = (scrape + "\r\n\r\n").repeat(2) + last + "Connection: close\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
            String answers =
                    new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answers.split("HTTP/1\\.1 200 ", -1)).hasSize(4);
            assertThat(answers.split("# EOF\n", -1)).hasSize(3);
            assertThat(answers.split("sonde_probe_up\\{probe=\"open\"", -1)).hasSize(3);
            assertThat(answers.substring(answers.lastIndexOf("# EOF"))).contains("\"UP\"");
        }
    }

    @Test
    void scrapesAtTheSameTimeAreEachWhole() throws Exception {
        probe("open", port, ProbeState.UP);
        try (ExecutorService scrapers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> scrapes =
                    IntStream.range(0, 8)
                            .mapToObj(_ -> scrapers.submit(() -> scrape(OPEN_METRICS)))
                            .toList();
            for (Future<String> scrape : scrapes) {
                assertThat(scrape.get())
                        .startsWith("# HELP sonde_probe_series_dropped")
                        .containsOnlyOnce("sonde_probe_up{probe=\"open\"")
                        .endsWith("# EOF\n");
            }
        }
    }

    @Test
    void seriesVanishWithTheirProbe() throws Exception {
        probe("gone", port, ProbeState.UP);
        schedules.change("gone", _ -> null);
        assertThat(scrape("text/plain")).doesNotContain("probe=\"gone\"");
    }

    @Test
    void labelsAreRightWhenProbesComeGoAndChangeBetweenScrapes() throws Exception {
        probe("b", port, ProbeState.UP);
        probe("d", port, ProbeState.UP);
        probe("e", port, ProbeState.UP);
        SeriesLabels before = labels(SeriesLabels.NONE);
        assertThat(upSeries(before)).containsExactly(up("b", port), up("d", port), up("e", port));
        probe("a", port, ProbeState.UP);
        probe("b", 1, ProbeState.DOWN);
        probe("c", port, ProbeState.UP);
        schedules.change("d", _ -> null);
        schedules.change("e", _ -> null);
        probe("e", 1, ProbeState.DOWN);
        assertThat(upSeries(labels(before)))
                .containsExactly(up("a", port), up("b", 1), up("c", port), up("e", 1));
    }

    private static String up(String probe, int target) {
        return "sonde_probe_up{probe=\"%s\",target=\"127.0.0.1:%d\"} %d"
                .formatted(probe, target, target == 1 ? 0 : 1);
    }

    private static List<String> upSeries(SeriesLabels labels) throws IOException {
        return text(labels, 0).lines().filter(line -> line.startsWith("sonde_probe_up{")).toList();
    }

    private SeriesLabels labels(SeriesLabels before) {
        return SeriesLabels.of(schedules.figures(), List.of("team"), before);
    }

    private static String text(SeriesLabels labels, long nowMillis) throws IOException {
        return new String(input(labels, nowMillis, 1_000).readAllBytes(), StandardCharsets.UTF_8);
    }

    private static ProbeSeriesInput input(SeriesLabels labels, long nowMillis, int mostSeries) {
        ProbeSamples samples =
                ProbeSamples.take(
                        labels,
                        EnumSet.allOf(ProbeSeries.class),
                        mostSeries,
                        new ProbeSamples.Moment(
                                Instant.ofEpochMilli(nowMillis), MaintenanceCalendar.EMPTY));
        return new ProbeSeriesInput(samples, false);
    }

    /// So many that they are read and written in several pages and parts.
    private List<String> manyPausedProbes() {
        ProbeSpec paused =
                ProbeSpec.of(new Target("127.0.0.1", port), Duration.ofHours(1)).withPaused(true);
        List<String> names =
                IntStream.range(1_000, 1_000 + SamplePage.PROBES + 100)
                        .mapToObj(number -> "p-" + number)
                        .toList();
        names.forEach(name -> schedules.change(name, _ -> paused));
        return names;
    }

    @Test
    void seriesOfManyProbesAreEachWrittenOnceInTheOrderOfNames() throws Exception {
        List<String> names = manyPausedProbes();
        String text =
                new String(
                        input(labels(SeriesLabels.NONE), 0, 100_000).readAllBytes(),
                        StandardCharsets.UTF_8);
        for (String metric : List.of("sonde_probe_info", "sonde_probe_state")) {
            assertThat(text.lines().filter(line -> line.startsWith(metric + "{")))
                    .extracting(line -> line.replaceAll(".*probe=\"([^\"]*)\".*", "$1"))
                    .isEqualTo(names);
        }
        assertThat(text.lines())
                .allMatch(line -> line.matches("# .*|sonde_\\w+(\\{[^{}]*\"})? [0-9.]+"));
    }

    @Test
    void allPartsButTheLastOneFillTheBufferOfTheServer() throws Exception {
        manyPausedProbes();
        SeriesLabels labels = labels(SeriesLabels.NONE);
        Parts parts = new Parts();
        assertThat(input(labels, 0, 100_000).transferTo(parts)).isEqualTo(parts.size());
        assertThat(parts.lengths.subList(0, parts.lengths.size() - 1))
                .hasSizeGreaterThan(3)
                .containsOnly(SeriesText.PART);
        assertThat(parts.toByteArray()).isEqualTo(input(labels, 0, 100_000).readAllBytes());
    }

    /// Notes how many bytes come at once.
    private static final class Parts extends ByteArrayOutputStream {

        private final List<Integer> lengths = new ArrayList<>();

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            lengths.add(length);
            super.write(bytes, offset, length);
        }
    }

    @Test
    void phasesOfANamedTargetBeginWithItsLookUp() throws Exception {
        ProbeSpec spec = ProbeSpec.of(new Target("localhost", port), Duration.ofMillis(100));
        schedules.change("named", _ -> spec);
        await().until(
                        () ->
                                schedules.find("named").orElseThrow().health().state()
                                        == ProbeState.UP);
        String labels = "{probe=\"named\",target=\"localhost:" + port + "\"}";
        assertThat(scrape("text/plain"))
                .containsPattern(
                        matching("sonde_probe_phase_seconds", labels, ",phase=\"resolve\""))
                .containsPattern(
                        matching("sonde_probe_phase_seconds", labels, ",phase=\"connect\""));
    }

    @Test
    void pausedProbeHasItsStateAndItsCounters() throws Exception {
        probe("resting", port, ProbeState.UP);
        schedules.change(
                "resting", before -> Objects.requireNonNull(before).spec().withPaused(true));
        schedules.settled("resting").join();
        assertThat(scrape("text/plain"))
                .contains(",state=\"paused\"} ")
                .contains("sonde_probe_runs_total{probe=\"resting\"")
                .doesNotContain("sonde_probe_up{probe=\"resting\"")
                .doesNotContain("sonde_probe_phase_seconds{probe=\"resting\"");
        schedules.change("resting", _ -> null);
        probe("failed", 1, ProbeState.DOWN);
        schedules.change(
                "failed", before -> Objects.requireNonNull(before).spec().withPaused(true));
        schedules.settled("failed").join();
        assertThat(scrape("text/plain"))
                .doesNotContain("sonde_probe_up{probe=\"failed\"")
                .contains("sonde_probe_failures_total{probe=\"failed\"");
    }

    @Test
    void seriesBeyondTheLimitAreCounted() throws Exception {
        probe("a", port, ProbeState.UP);
        probe("b", port, ProbeState.UP);
        assertThat(scrape("text/plain"))
                .contains("sonde_probe_up{probe=\"a\"")
                .containsPattern("sonde_probe_series_dropped [1-9]")
                .doesNotContain("probe=\"b\"");
    }
}
