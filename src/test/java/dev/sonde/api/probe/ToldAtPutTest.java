package dev.sonde.api.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.api.HttpTest;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.schedule.Schedules;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.micrometer.metrics.test.autoconfigure.AutoConfigureMetrics;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Definitions that cannot work are told when they are put; answers are compressed when asked for.
@HttpTest
@AutoConfigureMetrics
class ToldAtPutTest {

    private static final String WITH_CLIENT =
            """
            {"target": "127.0.0.1:1", "interval": "1h", "settings": {"tls": {"clientCertificate": "nope"}}}""";

    @LocalServerPort int port;
    @Autowired Schedules schedules;
    private HttpCalls calls;

    @BeforeEach
    void connect() {
        calls = new HttpCalls(port);
    }

    @AfterEach
    void delete() {
        calls.delete("/probes/denied");
        calls.close();
    }

    @Test
    void aProbeIsRefusedWhenItsClientCertificateDoesNotExist() {
        Answer put = calls.put("/probes/denied", WITH_CLIENT);
        assertThat(put.status()).isEqualTo(422);
        assertThat(put.at("/reason")).isEqualTo("no_certificate");
        assertThat(calls.get("/probes/denied").status()).isEqualTo(404);
        String line = WITH_CLIENT.replaceFirst("\\{", "{\"name\": \"denied\",");
        assertThat(calls.post("/probes/bulk", "application/x-ndjson", line).at("/errors/0/message"))
                .contains("no certificate has the name \"nope\"");
    }

    @Test
    void aWarningIsShownWhenTheAddressIsDenied() {
        Answer put =
                calls.put(
                        "/probes/denied",
                        "{\"target\":\"169.254.169.254:80\",\"interval\":\"1h\"}");
        assertThat(put.status()).isEqualTo(201);
        assertThat(put.at("/warnings/0")).startsWith("no run reaches 169.254.169.254:80: ");
        assertThat(calls.get("/probes/denied").at("/warnings/0")).isEqualTo(put.at("/warnings/0"));
        assertThat(calls.put("/probes/denied", put.text()).status()).isEqualTo(200);
    }

    @Test
    void aProbeIsShownWhenTheInterfaceOfItsTargetIsGone() {
        Target gone = Target.parse("[fe80::2%gone0]:80");
        schedules.change("denied", _ -> ProbeSpec.of(gone, Duration.ofHours(1)));
        assertThat(calls.get("/probes/denied").at("/warnings/0"))
                .startsWith("no run reaches [fe80::2%gone0]:80: ")
                .contains("no interface");
        assertThat(calls.get("/probes").text()).contains("fe80::2%gone0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3/api-docs", "/actuator/prometheus"})
    void aLongAnswerIsCompressedWhenItIsAskedFor(String path) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> zipped =
                    http.send(
                            request.header("Accept-Encoding", "gzip").build(),
                            BodyHandlers.ofByteArray());
            assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
            byte[] text =
                    new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes();
            assertThat(text.length).isGreaterThan(3 * zipped.body().length);
            HttpResponse<byte[]> plain =
                    http.send(
                            request.setHeader("Accept-Encoding", "gzip;q=0").build(),
                            BodyHandlers.ofByteArray());
            assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        }
    }
}
