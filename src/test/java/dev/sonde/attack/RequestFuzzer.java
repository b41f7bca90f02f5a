package dev.sonde.attack;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Makes requests as bytes, most of them wrong in a few places. The same seed makes the same ones.
final class RequestFuzzer {

    private static final List<String> METHODS =
            List.of(
                    "GET",
                    "GET",
                    "POST",
                    "PUT",
                    "PATCH",
                    "DELETE",
                    "HEAD",
                    "OPTIONS",
                    "TRACE",
                    "MAKE",
                    "get",
                    "G\u0001T");
    private static final List<String> PATHS =
            List.of(
                    "/",
                    "/nowhere",
                    "/error",
                    "*",
                    "/../etc",
                    "//",
                    "/;x=1",
                    "/%00",
                    "/%zz",
                    "/\\",
                    "/a|b",
                    "/%2e%2e/",
                    "/-/healthy",
                    "/-/reload",
                    "/logs",
                    "/logs?id=x",
                    "/config",
                    "/favicon.ico",
                    "/page/none.js",
                    "/probe",
                    "/probe?target=",
                    "/probe?target=127.0.0.1:1",
                    "/probe?target=x&module=none",
                    "/actuator",
                    "/actuator/health",
                    "/actuator/health/x/y",
                    "/actuator/health/db",
                    "/actuator/health/readiness/x",
                    "/actuator/none",
                    "/actuator/prometheus",
                    "/v3/api-docs",
                    "/v3/api-docs/none",
                    "/swagger-ui/none.css",
                    "/api/v1/checks",
                    "/api/v1/checks?wait=false",
                    "/api/v1/checks/none",
                    "/api/v1/probes",
                    "/api/v1/probes/a",
                    "/api/v1/probes/%C0%AF",
                    "/api/v1/probes/bulk",
                    "/api/v1/probes/none/runs",
                    "/api/v1/probes?limit=x&cursor=%ff",
                    "/api/v1/probes/none/results?since=x",
                    "/api/v1/results/none",
                    "/api/v1/listeners",
                    "/api/v1/listeners/none/pause",
                    "/api/v1/certificates/none",
                    "/api/v1/events?type=none",
                    "http://localhost/api/v1/checks",
                    "http://[/");
    private static final List<String> TYPES =
            List.of(
                    "application/json",
                    "application/json",
                    "application/json;charset=none",
                    "application/merge-patch+json",
                    "application/x-ndjson",
                    "multipart/form-data",
                    "multipart/form-data; boundary=x",
                    "multipart/form-data; boundary=",
                    "application/x-www-form-urlencoded",
                    "text/plain",
                    "*/*",
                    "/",
                    "",
                    "a/b;c=\"",
                    "\u00ff/x");
    private static final List<String> HEADERS =
            List.of(
                    "Accept: application/x-ndjson",
                    "Accept: image/png",
                    "Accept: ,;q=x",
                    "Accept-Encoding: br;q=0, *;q=0",
                    "Expect: 100-continue",
                    "Expect: x",
                    "If-Match: \"",
                    "If-None-Match: *",
                    "Range: bytes=5-2",
                    "Origin: http://localhost",
                    "X-Forwarded-For: 1.2.3.4",
                    "X-Forwarded-Proto: x",
                    "Forwarded: for=\"",
                    "Authorization: Bearer",
                    "Authorization: Basic x",
                    "Cookie: a=\u0001",
                    "Bad Header: x",
                    ": x",
                    "Upgrade: h2c",
                    "Transfer-Encoding: chunked",
                    "Transfer-Encoding: gzip",
                    "Content-Encoding: gzip",
                    "X-HTTP-Method-Override: DELETE",
                    "Content-Length: x",
                    "Last-Event-ID: x",
                    "Sec-Fetch-Site: none");
    private static final List<String> BODIES =
            List.of(
                    "",
                    "",
                    "{}",
                    "x",
                    "{",
                    "[]",
                    "null",
                    "\"\u0000\"",
                    "{\"targets\":[]}",
                    "{\"targets\":\"x\"}",
                    "{\"targets\":[\"127.0.0.1:1\"]}",
                    "{\"targets\":[\"127.0.0.1:1\"],\"settings\":{\"timeout\":\"-1s\"}}",
                    "{\"target\":\"127.0.0.1:1\",\"interval\":\"0s\"}",
                    "{\"name\":\"a\",\"bind\":\"1.2.3.4:1\",\"behaviour\":{\"type\":\"none\"}}",
                    "[".repeat(2_000),
                    "{\"a\":" + "9".repeat(2_000) + "}",
                    "5\r\nhello\r\n0\r\n\r\n",
                    "zz\r\n",
                    "\u00c3(",
                    "a=b&c=%zz",
                    "--x\r\n\r\n--x--");

    private final Random random;

    RequestFuzzer(long seed) {
        this.random = new Random(seed);
    }

    /// One request, after which the server closes the connection.
    byte[] next() {
        StringBuilder text = new StringBuilder();
        String body = pick(BODIES);
        text.append(pick(METHODS)).append(' ').append(pick(PATHS));
        text.append(random.nextInt(40) == 0 ? " HTTP/9.9\r\n" : " HTTP/1.1\r\n");
        text.append(random.nextInt(30) == 0 ? "" : "Host: localhost\r\n");
        text.append("Connection: close\r\n");
        if (random.nextInt(3) > 0) {
            text.append("Content-Type: ").append(pick(TYPES)).append("\r\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(pick(HEADERS)).append("\r\n");
        }
        if (random.nextInt(20) == 0) {
            text.append("X-Long: ").append("x".repeat(random.nextInt(12_000))).append("\r\n");
        }
        if (!body.isEmpty() || random.nextBoolean()) {
            text.append("Content-Length: ").append(body.length()).append("\r\n");
        }
        byte[] bytes = (text + "\r\n" + body).getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(8) == 0 ? random.nextInt(4) : 0; i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private String pick(List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
