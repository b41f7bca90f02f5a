package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@SecuredTest
@TestPropertySource(
        properties = {
            "sonde.security.rate.requests-per-second=1",
            "sonde.security.rate.burst=20",
            "sonde.security.prometheus-open=true",
            "sonde.security.probe-open=true"
        })
class CallerRateTest {

    @LocalServerPort private int port;

    @ParameterizedTest
    @CsvSource({"view, /api/v1/checks", "scrape, /probe?module=none"})
    void oneCallerIsToldToWaitWhenItAsksTooOften(String caller, String path) {
        try (Asker asker = new Asker(port)) {
            HttpResponse<String> last = asker.get(caller, path);
            for (int i = 0; i < 40 && last.statusCode() != 429; i++) {
                last = asker.get(caller, path);
            }
            assertThat(last.statusCode()).isEqualTo(429);
            assertThat(last.headers().firstValue("retry-after")).hasValue("1");
            assertThat(last.body()).contains("urn:sonde:problem:too-many-requests");
            assertThat(asker.get("operate", "/api/v1/checks").statusCode()).isEqualTo(200);
            assertThat(asker.get("view", "/actuator/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void guessesAreTurnedAwayWhenTheyComeTooOften() {
        try (Asker asker = new Asker(port)) {
            int status = 401;
            for (int i = 0; i < 60 && status == 401; i++) {
                status = asker.get("guess" + i, "/api/v1/checks").statusCode();
            }
            assertThat(status).isEqualTo(429);
        }
    }

    @Test
    void metricsAreOpenWhenTheConfigurationSaysSo() {
        try (Asker asker = new Asker(port)) {
            assertThat(asker.get("", "/actuator/prometheus").statusCode()).isIn(200, 429);
            assertThat(asker.get("", "/actuator/info").statusCode()).isIn(401, 429);
        }
    }
}
