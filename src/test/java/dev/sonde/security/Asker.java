package dev.sonde.security;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Asks the service on one port, with a token or without.
final class Asker implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;

    Asker(int port) {
        this.port = port;
    }

    HttpResponse<String> get(String token, String path, String... headers) {
        return ask(token, "GET", path, "", headers);
    }

    HttpResponse<String> post(String token, String path, String body, String... headers) {
        return ask(token, "POST", path, body, headers);
    }

    /// @param token empty for none
    HttpResponse<String> ask(
            String token, String method, String path, String body, String... headers) {
        try {
            return client.send(
                    request(token, method, path, body, headers), BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpRequest request(String token, String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close();
    }
}
