package dev.sonde.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

/// Peers that say half of something, at a service that has room for few.
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "sonde.api.connections.max=16",
            "sonde.api.connections.max-per-address=12",
            "sonde.api.connections.header-timeout=500ms",
            "sonde.api.connections.body-timeout=500ms",
            "sonde.security.tokens[0].name=vera",
            "sonde.security.tokens[0].role=operator",
            "sonde.security.tokens[0].sha256=2bcb43cbc8f6b7ef66331532881143fcbae60a879db3a8fb853f645bb24c2b3c",
        })
@Execution(ExecutionMode.SAME_THREAD)
@SuppressWarnings("NullAway") // a null fails the test
class HalfRequestTest {

    private static final String BODY =
            """
            POST /api/v1/checks HTTP/1.1\r
            Host: localhost\r
            Content-Length: 5000\r
            Content-Type: application/json\r
            """;
    private static final String SHOWN = "Authorization: Bearer view\r\n";

    @LocalServerPort private int port;
    private final TomcatWebServer server;

    @Autowired
    HalfRequestTest(ServletWebServerApplicationContext service) {
        this.server = (TomcatWebServer) service.getWebServer();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /api/v1/probes HTTP/1.1\r\nHost: loc",
                BODY + SHOWN + "\r\n{",
                "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n" + SHOWN + "\r\n",
            })
    void healthIsAnsweredWhenManySayHalfOfSomething(String half) throws IOException {
        List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                held.add(send(half));
            }
            assertThat(answer("GET /actuator/health/liveness HTTP/1.1\r\nHost: localhost\r\n\r\n"))
                    .isEqualTo("HTTP/1.1 200 ");
        } finally {
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void theFirstIsClosedAndTheLastIsServedWhenTheLimitIsReached() throws IOException {
        try (Socket first = send(BODY + SHOWN + "\r\n{")) {
            List<Socket> held = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                held.add(send("GET / HTTP/1.1\r\nHost: loc"));
            }
            assertThat(isClosed(first)).isTrue();
            for (Socket socket : held) {
                socket.close();
            }
        }
    }

    @Test
    void theAnswerIs401BeforeABodyIsWaitedFor() throws IOException {
        assertThat(answer(BODY + "\r\n{")).isEqualTo("HTTP/1.1 401 ");
    }

    @Test
    void theAnswerIs408WhenTheBodyIsNotWholeInTime() throws IOException {
        assertThat(answer(BODY + SHOWN + "\r\n{")).isEqualTo("HTTP/1.1 408 ");
    }

    @Test
    void theConnectionIsClosedWhenTheHeaderIsNotWholeInTime() throws IOException {
        try (Socket socket = send("GET /api/v1/probes HTTP/1.1\r\nHost: loc")) {
            assertThat(isClosed(socket)).isTrue();
        }
    }

    /// A connection is looked at once a second; without one nothing is looked at.
    @Test
    void timeoutsAreLookedAtAsLongAsThereAreConnections() throws IOException {
        BoundedProtocol protocol =
                (BoundedProtocol) server.getTomcat().getConnector().getProtocolHandler();
        try (Socket _ = send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n")) {
            await().until(protocol::isSweeping);
        }
        await().until(() -> !protocol.isSweeping());
    }

    private Socket send(String text) throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(60_000);
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private String answer(String text) throws IOException {
        try (Socket socket = send(text)) {
            return new String(
                    socket.getInputStream().readNBytes("HTTP/1.1 200 ".length()),
                    StandardCharsets.US_ASCII);
        }
    }

    /// The server may still answer that the body is not whole.
    private static boolean isClosed(Socket socket) {
        try {
            var _ = socket.getInputStream().readAllBytes();
            return true;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }
}
