package dev.sonde.api.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.HttpTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/// Requests that end before a controller has its say, written by hand on a socket.
@HttpTest
class ProblemTest {

    private static final String CHECK = "/api/v1/checks/cf7c7779-b99b-417a-92c2-19a3b53c7384";

    @LocalServerPort int port;

    @ParameterizedTest
    @CsvSource({
        "GET, /nowhere, 404, not-found",
        "GET, /api/v1/nowhere, 404, not-found",
        "GET, /actuator/nowhere, 404, not-found",
        "GET, /error, 404, not-found",
        "GET, " + CHECK + ", 404, not-found",
        "GET, " + CHECK + "/results, 404, not-found",
        "DELETE, " + CHECK + ", 404, not-found",
        "GET, /api/v1/checks/1-1-1-1-1, 404, not-found",
        "DELETE, /api/v1/checks/nonsense, 404, not-found",
        "GET, /api/v1/results/nonsense, 404, not-found",
        "GET, /api/v1/results/cf7c7779-b99b-417a-92c2-19a3b53c7384, 404, not-found",
        "PUT, /api/v1/checks, 405, method-not-allowed",
        "MAKE, /api/v1/checks, 405, method-not-allowed",
        "TRACE, /api/v1/checks, 405, method-not-allowed",
        "GET, /api/v1/checks/%zz, 400, malformed-request",
        "GET, /api/v1/che|cks, 400, malformed-request",
        "GET, /api/../../etc, 400, malformed-request",
        "GET, /api/v1/checks?limit=%zz, 400, malformed-request",
        "GET, /api/v1/checks?limit=0, 400, invalid-request",
        "GET, /api/v1/checks?limit=1001, 400, invalid-request",
        "GET, /api/v1/checks?limit=many, 400, invalid-request",
        "GET, /api/v1/checks?limit=99999999999999999999, 400, invalid-request",
        "GET, /api/v1/checks?cursor=-1, 400, invalid-request",
        "GET, /api/v1/checks?cursor=x, 400, invalid-request",
    })
    void aProblemIsAnsweredWhenTheRequestCannotBe(
            String method, String path, int status, String slug) throws Exception {
        String answer = exchange(method + " " + path, "");
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("Content-Type: application/problem+json", "urn:sonde:problem:" + slug)
                .doesNotContain("<html", "Exception", "\tat ");
    }

    @Test
    void theEscapeIsNamedThatNoPathMayHave() throws Exception {
        assertThat(exchange("GET /api/v1/probes/a%2Fb", ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("an encoded slash", "malformed-request");
    }

    @ParameterizedTest
    @CsvSource({
        "Accept: text/html, 406, not-acceptable",
        "Accept: nonsense, 406, not-acceptable",
    })
    void aProblemIsAnsweredWhenNoFormIsAcceptable(String header, int status, String slug)
            throws Exception {
        assertThat(exchange("GET /api/v1/checks", header + "\r\n"))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("Content-Type: application/problem+json", slug);
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/xml", "nonsense"})
    void aProblemIsAnsweredWhenTheBodyIsOfAnotherType(String type) throws Exception {
        String headers = "Content-Type: " + type + "\r\nContent-Length: 2\r\n";
        assertThat(exchange("POST /api/v1/checks", headers, "{}"))
                .startsWith("HTTP/1.1 415 ")
                .contains("Content-Type: application/problem+json", "unsupported-media-type");
    }

    @Test
    void aProblemIsAnsweredWhenTheBodyIsAnnouncedTooLong() throws Exception {
        String headers = "Content-Type: application/json\r\nContent-Length: 99999999\r\n";
        assertThat(exchange("POST /api/v1/checks", headers, " ".repeat(1_000)))
                .startsWith("HTTP/1.1 413 ")
                .contains("Content-Type: application/problem+json", "body-too-large");
    }

    @Test
    void aProblemIsAnsweredWhenTheBodyTurnsOutTooLong() throws Exception {
        String headers = "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";
        String chunk = "100000\r\n" + " ".repeat(0x100000) + "\r\n";
        assertThat(exchange("POST /api/v1/checks", headers, chunk.repeat(9) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ")
                .contains("Content-Type: application/problem+json", "body-too-large");
    }

    @Test
    void anUnknownParameterIsRefusedWhenTheRestIsValid() throws Exception {
        assertThat(exchange("GET /api/v1/checks?nosuch=1", ""))
                .startsWith("HTTP/1.1 400 ")
                .contains("\"field\":\"nosuch\"", "known are cursor, limit");
    }

    @Test
    void theRequestIsRefusedWhenItHasNoHost() throws Exception {
        assertThat(send("GET /api/v1/checks HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("malformed-request");
    }

    private String exchange(String line, String headers) throws IOException {
        return exchange(line, headers, "");
    }

    private String exchange(String line, String headers, String body) throws IOException {
        return send(
                line
                        + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + headers
                        + "\r\n"
                        + body);
    }

    /// Up to the end of the document: a server that still expects a body keeps the connection.
    private static String read(InputStream in) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            answer.write(read);
            if (read == '}' && answer.toString(StandardCharsets.UTF_8).endsWith("\"}")) {
                break;
            }
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private String send(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket.getInputStream());
        }
    }
}
