package dev.sonde.api.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.api.Answer;
import dev.sonde.api.HttpCalls;
import dev.sonde.attempt.Prober;
import dev.sonde.lab.FullQueue;
import dev.sonde.lab.OwnThread;
import dev.sonde.schedule.Schedules;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// What happens at the limits of runs and of bulk requests.
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "sonde.engine.in-flight=1",
            "sonde.engine.queue=1",
            "sonde.api.max-bulk-body=80KB",
            "sonde.data-dir=target/data/limits-${random.uuid}"
        })
class ProbeLimitsTest {

    private static final int LIMIT_BYTES = 80 * 1_024;

    @LocalServerPort int port;
    @Autowired Prober prober;
    @Autowired Schedules schedules;
    private HttpCalls calls;

    @BeforeEach
    void open() {
        calls = new HttpCalls(port);
    }

    @AfterEach
    void close() {
        calls.close();
    }

    private void define(String name, String target) {
        calls.put(
                "/probes/" + name,
                "{\"target\": \"%s\", \"interval\": \"24h\", \"paused\": true}".formatted(target));
    }

    private CompletableFuture<Answer> run(String name) {
        return CompletableFuture.supplyAsync(
                () -> calls.post("/probes/" + name + "/runs", ""), OwnThread.OF_EACH);
    }

    @Test
    void runIsRefusedWhileAsManyWaitAsMay() throws Exception {
        try (FullQueue silent = FullQueue.open()) {
            define("first", silent.target());
            define("second", silent.target());
            define("third", "127.0.0.1:1");
            CompletableFuture<Answer> first = run("first");
            await().until(() -> prober.inFlight() == 1);
            CompletableFuture<Answer> second = run("second");
            await().until(() -> prober.queued() == 1);

            Answer refused = run("third").join();
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.at("/type")).isEqualTo("urn:sonde:problem:engine-full");

            calls.delete("/probes/second");
            second.join();
            calls.delete("/probes/first");
            first.join();
            assertThat(run("third").join().at("/reason")).isEqualTo("refused");
        }
    }

    private static String tooManyLines() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; lines.length() <= LIMIT_BYTES; i++) {
            lines.append(line("p-" + i));
        }
        return lines.toString();
    }

    @Test
    void bulkIsRefusedAndNothingIsStoredWhenItIsAnnouncedTooLong() throws IOException {
        String lines = tooManyLines().replace("p-", "announced-");
        assertThat(bulk("Content-Length: " + lines.length(), lines))
                .startsWith("HTTP/1.1 413 ")
                .contains("urn:sonde:problem:body-too-large", LIMIT_BYTES + " bytes");
        assertThat(schedules.find("announced-0")).isEmpty();
    }

    /// What was read before counts, as the interface says.
    @Test
    void bulkIsRefusedWhereItTurnsOutTooLong() throws IOException {
        String lines = tooManyLines();
        String chunk = Integer.toHexString(lines.length()) + "\r\n" + lines + "\r\n0\r\n\r\n";
        assertThat(bulk("Transfer-Encoding: chunked", chunk))
                .startsWith("HTTP/1.1 413 ")
                .contains("urn:sonde:problem:body-too-large");
        assertThat(schedules.find("p-999")).isPresent();
        assertThat(schedules.find("p-1000")).isEmpty();
    }

    private static String line(String name) {
        return "{\"name\": \"%s\", \"target\": \"127.0.0.1:1\", \"interval\": \"24h\"}\n"
                .formatted(name);
    }

    /// By a bare socket, since a client would wait until it may send, or not read what it is told
    /// meanwhile.
    private String bulk(String header, String body) throws IOException {
        String head =
                "POST /api/v1/probes/bulk HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/x-ndjson\r\n"
                        + header
                        + "\r\n\r\n";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.US_ASCII));
            InputStream answer = socket.getInputStream();
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
