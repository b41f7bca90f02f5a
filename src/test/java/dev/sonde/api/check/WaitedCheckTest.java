package dev.sonde.api.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.HttpTest;
import dev.sonde.lab.Endpoints;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

/// A check whose caller waits for all results.
@HttpTest
class WaitedCheckTest {

    @Autowired RestTestClient http;

    @Test
    void bothOutcomesAreAnsweredWhenOnePortIsOpenAndOneIsClosed() throws Exception {
        try (ServerSocket open = Endpoints.open()) {
            int closed = Endpoints.freePort();
            check("\"127.0.0.1:%d,%d\"".formatted(open.getLocalPort(), closed))
                    .jsonPath("$.state")
                    .isEqualTo("done")
                    .jsonPath("$.summary.total")
                    .isEqualTo(2)
                    .jsonPath("$.results[?(@.outcome=='succeeded')].target")
                    .isEqualTo("127.0.0.1:" + open.getLocalPort())
                    .jsonPath("$.results[?(@.reason=='refused' && @.phase=='connect')].target")
                    .isEqualTo("127.0.0.1:" + closed);
        }
    }

    @Test
    void whatWasNotMeasuredIsAbsentWhenTheProbeSucceeded() throws Exception {
        try (ServerSocket open = Endpoints.open()) {
            check("\"127.0.0.1:" + open.getLocalPort() + "\"")
                    .jsonPath("$.results[0].phase")
                    .doesNotExist()
                    .jsonPath("$.results[0].probe")
                    .doesNotExist()
                    .jsonPath("$.results[0].attempts")
                    .doesNotExist()
                    .jsonPath("$.results[0].localAddress")
                    .exists();
        }
    }

    @Test
    void anIpv6AddressStandsInBracketsWhenItIsAnswered() throws Exception {
        int closed = Endpoints.freePort();
        check("\"[::1/128]:" + closed + "\"")
                .jsonPath("$.results[0].target")
                .isEqualTo("[::1]:" + closed)
                .jsonPath("$.results[0].remoteAddress")
                .isEqualTo("[::1]:" + closed);
    }

    @Test
    void theCountsAddUpWhenABlockIsExpanded() throws Exception {
        check("\"127.0.0.0/28:%d\"".formatted(Endpoints.freePort()))
                .jsonPath("$.summary.total")
                .isEqualTo(16)
                .jsonPath("$.summary.failed")
                .isEqualTo(16)
                .jsonPath("$.results.length()")
                .isEqualTo(16);
    }

    @Test
    void startsAreSpreadWhenARateIsGiven() throws Exception {
        // 30 starts at 100 a second: the last one is due 290 ms after the first.
        post("""
                        {"targets": ["127.0.0.0/28:%1$d", "127.0.0.0/29:%1$d", "127.0.1.0/30:%1$d", \
                        "127.0.2.0/31:%1$d"], "ratePerSecond": 100}"""
                        .formatted(Endpoints.freePort()))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.summary.total")
                .isEqualTo(30)
                .jsonPath("$.summary.tookMicros")
                .value(Integer.class, took -> assertAtLeast(290_000, took));
    }

    @Test
    void oneAtATimeIsProbedWhenTheConcurrencyIsOne() throws Exception {
        post("""
                        {"targets": ["127.0.0.0/24:%d"], "concurrency": 1}"""
                        .formatted(Endpoints.freePort()))
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.summary.failed")
                .isEqualTo(256);
    }

    @Test
    void moreThanCanBeWaitedForIsRefusedWhenItIsNotStreamed() {
        post("{\"targets\": [\"127.0.0.0/18:1\"]}")
                .expectStatus()
                .isEqualTo(413)
                .expectBody()
                .jsonPath("$.type")
                .isEqualTo("urn:sonde:problem:too-many-targets")
                .jsonPath("$.detail")
                .value(String.class, detail -> assertContains(detail, "16384", "10000"));
    }

    @Test
    void moreThanAnyCheckMayHaveIsRefusedWhenABlockIsHuge() {
        post("{\"targets\": [\"[2001:db8::/32]:1-65535\", \"10.0.0.0/8:1\"]}")
                .expectStatus()
                .isEqualTo(413)
                .expectHeader()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    private static void assertAtLeast(int least, int actual) {
        assertThat(actual).isGreaterThanOrEqualTo(least);
    }

    private static void assertContains(String text, String... parts) {
        assertThat(text).contains(parts);
    }

    private RestTestClient.BodyContentSpec check(String targets) {
        return post("{\"targets\": [" + targets + "]}").expectStatus().isOk().expectBody();
    }

    private RestTestClient.ResponseSpec post(String body) {
        return http.post()
                .uri("/api/v1/checks")
                .contentType(MediaType.APPLICATION_JSON)
                .body(body)
                .exchange();
    }
}
