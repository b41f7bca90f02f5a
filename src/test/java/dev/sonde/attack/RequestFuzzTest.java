package dev.sonde.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.ByteArrayOutputStream;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.LoggerFactory;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Requests that are wrong in every way. `-Dsonde.fuzz.seed` repeats a run, `-Dsonde.fuzz.cases`
/// makes it longer.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@Execution(ExecutionMode.SAME_THREAD)
class RequestFuzzTest {

    private static final int ANSWERS_IN_ALL = 250;
    private static final int ANSWERS_IN_AN_ATTACK = 30_000;

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @LocalServerPort private int port;

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
        attack(ANSWERS_IN_ALL);
    }

    @Test
    @Tag("attack")
    void everyRequestIsAnsweredWhenManyAreMade() {
        attack(ANSWERS_IN_AN_ATTACK);
    }

    private void attack(int usual) {
        long seed = FuzzSettings.seed();
        int cases = FuzzSettings.cases(usual);
        System.out.printf("-Dsonde.fuzz.seed=%d -Dsonde.fuzz.cases=%d%n", seed, cases);
        RequestFuzzer fuzzer = new RequestFuzzer(seed);
        for (int i = 0; i < cases; i++) {
            byte[] request = fuzzer.next();
            assertThatCode(() -> verify(request))
                    .as("seed %d, case %d: %s", seed, i, text(request))
                    .doesNotThrowAnyException();
        }
        assertThat(List.copyOf(log.list))
                .as("seed %d: lines of the log with a stack trace", seed)
                .noneMatch(line -> line.getThrowableProxy() != null);
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
        if (status >= 400 && !text(request).startsWith("HEAD") && !isDropIn(request)) {
            assertThat(answer).contains("application/problem+json");
        }
        assertThat(answer).doesNotContain("\tat ", "<html>");
    }

    /// What Prometheus or a person asks is answered in plain text, as blackbox_exporter does.
    private static boolean isDropIn(byte[] request) {
        return text(request).matches("(?s)\\S+ /(probe|logs|config|-/).*");
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
