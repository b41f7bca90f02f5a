package dev.sonde.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sonde.web.Connections;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Requests that are wrong in every way. `-Dsonde.fuzz.seed` repeats a run, `-Dsonde.fuzz.cases`
/// makes it longer.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@Isolated("it reads every line of the log")
class RequestFuzzTest {

    /// Of the ordinary build, whose requests are always the same.
    private static final long USUAL_SEED = 14;

    private static final int ANSWERS_IN_ALL = 250;
    private static final int ANSWERS_IN_AN_ATTACK = 30_000;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    /// The database and the loader of classes open files of their own.
    private static final int SPARE_DESCRIPTORS = 40;

    @LocalServerPort private int port;

    @Autowired private Connections connections;

    @BeforeEach
    void listenToTheLog() {
        log.start();
        root().addAppender(log);
    }

    @AfterEach
    void leaveTheLog() {
        root().detachAppender(log);
    }

    @Test
    void everyRequestIsAnsweredWhenAFewAreMade() {
        attack(ANSWERS_IN_ALL, USUAL_SEED);
    }

    @Test
    @Tag("attack")
    void everyRequestIsAnsweredWhenManyAreMade() {
        attack(ANSWERS_IN_AN_ATTACK, FuzzSettings.any());
    }

    /// What other seeds found.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /actuator/prometheus|Content-Type: */*",
                "HEAD /actuator/health/db|Content-Type: */*",
                "GET /favicon.ico|Content-Type: text/*; q=1",
                "POST /api/v1/probes|Content-Type: application/*",
                "GET /favicon.ico|Range: bytes=5-2",
                "GET /page/none.js|Range: bytes=5-2",
                "PATCH /api/v1/listeners|Accept: application/x-n\u0090json",
                "GET /api/v1/probes|X-Long: \u0090",
                "GET /api/v1/listeners|X\u0090Long: x",
                "OPTIONS *|Expect: x",
                "OPTIONS *|Transfer-Encoding: gzip",
                "OPTIONS *|Content-Length: x",
            })
    void foundRequestIsAnsweredAsAnyOther(String found) throws IOException {
        String[] parts = found.split("\\|", -1);
        String head =
                parts[0]
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + parts[1]
                        + "\r\n\r\n";
        verify(head.getBytes(StandardCharsets.ISO_8859_1));
    }

    private void attack(int usual, long usualSeed) {
        long seed = FuzzSettings.seed(usualSeed);
        int cases = FuzzSettings.cases(usual);
        System.out.printf("-Dsonde.fuzz.seed=%d -Dsonde.fuzz.cases=%d%n", seed, cases);
        RequestFuzzer fuzzer = new RequestFuzzer(seed);
        int openBefore = connections.open();
        long descriptorsBefore = descriptors();
        for (int i = 0; i < cases; i++) {
            byte[] request = fuzzer.next();
            assertThatCode(() -> verify(request))
                    .as("seed %d, case %d: %s", seed, i, text(request))
                    .doesNotThrowAnyException();
        }
        assertThat(List.copyOf(log.list))
                .as("seed %d: lines of the log with a stack trace", seed)
                .noneMatch(line -> line.getThrowableProxy() != null);
        verifyNothingIsLeftOpen(seed, openBefore, descriptorsBefore);
    }

    /// An answer, and a problem document where it is a refusal.
    private void verify(byte[] request) throws IOException {
        String answer = text(exchange(request));
        if (answer.isEmpty() && !text(request).matches("(?s).*\n\r?\n.*")) {
            // The header has no end, so nothing was asked.
            return;
        }
        if (answer.startsWith("{\"type\":\"urn:sonde:problem:")) {
            // HTTP/0.9, which a request line without a version asks for, has no status line.
            return;
        }
        assertThat(answer).startsWith("HTTP/1.1 ");
        int status = Integer.parseInt(answer.substring(9, 12));
        assertThat(status < 500 || status == 503).as(answer).isTrue();
        boolean isPlain = status == 400 && isDropIn(request);
        if (status >= 400 && !text(request).startsWith("HEAD")) {
            assertThat(answer).contains(isPlain ? "Content-Type: " : "application/problem+json");
        }
        assertThat(answer).doesNotContain("\tat ", "<html>");
    }

    /// The 400 of these two is plain text, as blackbox_exporter's.
    private static boolean isDropIn(byte[] request) {
        return text(request).matches("(?s)GET /(probe|logs)\\b.*");
    }

    /// Each request asks for a connection of its own, so what is open then was open before.
    private void verifyNothingIsLeftOpen(long seed, int openBefore, long descriptorsBefore) {
        await().alias("seed %d".formatted(seed)).until(() -> connections.open() <= openBefore);
        await().alias("seed %d".formatted(seed))
                .until(() -> descriptors() <= descriptorsBefore + SPARE_DESCRIPTORS);
    }

    private static long descriptors() {
        String[] names = new File("/proc/self/fd").list();
        return names == null ? 0 : names.length;
    }

    private byte[] exchange(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request);
            socket.shutdownOutput();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            try {
                InputStream in = socket.getInputStream();
                byte[] chunk = new byte[8_192];
                for (int read = in.read(chunk); read >= 0 && answer.size() < 65_536; ) {
                    answer.write(chunk, 0, read);
                    read = in.read(chunk);
                }
            } catch (SocketException _) {
                // A reset after the answer: the request had more than anybody wanted to read.
            }
            return answer.toByteArray();
        }
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}
