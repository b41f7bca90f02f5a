package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Under which names a service that is open on loopback is asked, written by hand on a socket.
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Execution(ExecutionMode.SAME_THREAD)
class HostTest {

    @LocalServerPort private int port;

    @ParameterizedTest
    @CsvSource({
        "/api/v1/checks, Host: 127.0.0.1:PORT",
        "/api/v1/checks, Host: localhost",
        "/api/v1/checks, Host: [::1]:PORT",
        "/swagger-ui/index.html, Host: localhost:PORT",
        "/v3/api-docs, Host: sonde.localhost:PORT",
        "/probe?target=127.0.0.1:PORT&module=tcp_connect, Host: 127.0.0.1:PORT",
        "/api/v1/checks, 'Host: localhost:PORT\r\nOrigin: http://localhost:PORT'",
    })
    void answerIsGivenWhenTheNameIsThisHosts(String path, String headers) throws IOException {
        assertThat(answer(path, headers)).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/checks, Host: rebound.example:PORT",
        "/probe?target=127.0.0.1:PORT&module=tcp_connect, Host: rebound.example",
        "/actuator/health, Host: rebound.example:PORT",
        "/swagger-ui/index.html, Host: 10.0.0.1:PORT",
        "/api/v1/checks, 'Host: 127.0.0.1:PORT\r\nOrigin: http://page.example'",
        "/api/v1/checks, 'Host: 127.0.0.1:PORT\r\nOrigin: null'",
    })
    void requestIsRefusedWhenAPageOfAnotherHostAsks(String path, String headers)
            throws IOException {
        assertThat(answer(path, headers))
                .startsWith("HTTP/1.1 403 ")
                .contains("application/problem+json", "urn:sonde:problem:foreign-host");
    }

    private String answer(String path, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.getOutputStream()
                    .write(
                            "GET %s HTTP/1.1\r\n%s\r\nConnection: close\r\n\r\n"
                                    .formatted(path, headers)
                                    .replace("PORT", Integer.toString(port))
                                    .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
