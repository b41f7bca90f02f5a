package dev.sonde.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.json.JsonMapper;

/// Probes of every state, and the listeners that some of them reach, in a running Sonde.
final class Estate {

    private static final String SETTINGS =
            "\"interval\": \"200ms\", \"rise\": 1, \"fall\": 1, \"labels\": {\"team\": \"net\"}";

    private static final String PLAIN =
            "{\"target\": \"%s\", " + SETTINGS + ", \"settings\": {\"timeout\": \"100ms\", %s}}";

    private static final String TLS =
            "{\"target\": \"%s\", \"interval\": \"2s\", \"rise\": 1, \"fall\": 1, \"labels\":"
                    + " {\"team\": \"net\"}, \"settings\": {\"timeout\": \"1s\", \"tls\":"
                    + " {\"trust\": \"authority\", \"serverName\": \"localhost\"}}}";

    private final String base;

    Estate(int port) {
        this.base = "http://127.0.0.1:" + port + "/api/v1/";
    }

    void define() throws IOException, InterruptedException {
        send(
                "POST",
                "certificates",
                "{\"name\": \"server\", \"kind\": \"server\", \"hosts\": [\"localhost\"]}");
        String good = listener("good", ", \"tls\": {\"certificate\": \"server\"}");
        String ended =
                listener(
                        "ended",
                        ", \"tls\": {\"certificate\": \"server\", \"fault\": {\"type\":"
                                + " \"expired\"}}");
        String plain = listener("plain", "");
        put("probes/up", PLAIN.formatted(plain, "\"close\": \"rst\""));
        put("probes/refused", PLAIN.formatted("127.0.0.1:1", "\"close\": \"rst\""));
        put("probes/denied", PLAIN.formatted("169.254.169.254:80", "\"close\": \"rst\""));
        put("probes/good", TLS.formatted(good));
        put("probes/ended", TLS.formatted(ended));
        put(
                "probes/paused",
                "{\"target\": \"" + plain + "\", \"interval\": \"1h\", \"paused\": true}");
        put("probes/pending", "{\"target\": \"" + plain + "\", \"interval\": \"24h\"}");
    }

    private String listener(String name, String more) throws IOException, InterruptedException {
        String view =
                put(
                        "listeners/" + name,
                        "{\"bind\": \"127.0.0.1:0\", \"behaviour\": {\"type\": \"echo\"}"
                                + more
                                + "}");
        return new JsonMapper().readTree(view).path("address").asString();
    }

    private String put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, body);
    }

    private String send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return answer.body();
        }
    }
}
