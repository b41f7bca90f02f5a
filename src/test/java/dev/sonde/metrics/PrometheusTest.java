package dev.sonde.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/// The series by the names under which they are scraped.
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureMetrics
@AutoConfigureRestTestClient
@SuppressWarnings("NullAway") // a null fails the test
class PrometheusTest {

    @Autowired RestTestClient http;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sonde_probe_attempts_total{outcome=\"succeeded\",reason=\"connected\"} ",
                "sonde_probe_attempts_total{outcome=\"failed\",reason=\"resolve_timed_out\"} ",
                "sonde_probe_attempts_total{outcome=\"not_probed\",reason=\"no_local_port\"} ",
                "sonde_probe_phase_duration_seconds_bucket{phase=\"queue\",le=\"",
                "sonde_probe_phase_duration_seconds_count{phase=\"resolve\"} ",
                "sonde_probe_phase_duration_seconds_sum{phase=\"connect\"} ",
                "sonde_eventloop_lag_seconds{loop=\"0\"} ",
                "sonde_eventloop_channels{loop=\"0\"} ",
                "sonde_descriptors_used ",
                "sonde_descriptors_budget ",
                "sonde_attempts_in_flight ",
                "sonde_attempts_queued ",
                "sonde_checks_running ",
                "sonde_store_up 1",
                "sonde_build_info{java=\"",
                "blackbox_exporter_build_info{version=\"",
                "blackbox_exporter_config_last_reload_successful 1",
                "blackbox_exporter_config_last_reload_success_timestamp_seconds ",
                "blackbox_module_unknown_total "
            })
    void theSeriesIsThereWhenNothingHasHappenedYet(String series) {
        assertThat(scrape()).contains("\n" + series);
    }

    @Test
    void theAttemptIsCountedWhenACheckHasEnded() {
        double before = refused();
        http.post()
                .uri("/api/v1/checks")
                .contentType(MediaType.APPLICATION_JSON)
                .body("{\"targets\": [\"127.0.0.0/29:1\"]}")
                .exchange()
                .expectStatus()
                .isOk();
        // A class beside this one may have a target refused as well.
        assertThat(refused()).isGreaterThanOrEqualTo(before + 8);
    }

    @Test
    void theExportersPathAnswersAsTheActuatorsDoesWhenItIsScraped() {
        http.get()
                .uri("/metrics")
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith(MediaType.TEXT_PLAIN)
                .expectBody(String.class)
                .value(
                        text ->
                                assertThat(text)
                                        .contains("\nsonde_store_up 1", "# TYPE sonde_probe_up"));
    }

    @Test
    void theUnknownModuleIsCountedWhenAScrapeNamesIt() {
        double before = value("blackbox_module_unknown_total ");
        http.get()
                .uri("/probe?module=nobody&target=127.0.0.1:1")
                .exchange()
                .expectStatus()
                .isBadRequest();
        assertThat(value("blackbox_module_unknown_total ")).isEqualTo(before + 1);
    }

    @Test
    void theEngineIsUpWhenItsLoopsAnswer() {
        http.get()
                .uri("/actuator/health/readiness")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.components.engine.status")
                .isEqualTo("UP");
        http.get().uri("/actuator/health/liveness").exchange().expectStatus().isOk();
    }

    private double refused() {
        return value("sonde_probe_attempts_total{outcome=\"failed\",reason=\"refused\"} ");
    }

    private double value(String series) {
        String scraped = scrape();
        int start = scraped.indexOf("\n" + series) + 1 + series.length();
        return Double.parseDouble(scraped.substring(start, scraped.indexOf('\n', start)));
    }

    private String scrape() {
        return http.get()
                .uri("/actuator/prometheus")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();
    }
}
