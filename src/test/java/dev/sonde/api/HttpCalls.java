package dev.sonde.api;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Calls the service on one port.
public final class HttpCalls implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;

    public HttpCalls(int port) {
        this("http://127.0.0.1:" + port);
    }

    /// Calls the service below an address, which has no slash at its end.
    public HttpCalls(String root) {
        this.base = root + "/api/v1";
    }

    public Answer get(String path, String... headers) {
        HttpRequest.Builder request = request(path).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /// Reads a path that is not below the API's own.
    public Answer root(String path) {
        URI root = URI.create(base).resolve(path);
        return send(HttpRequest.newBuilder(root).timeout(Duration.ofMinutes(3)).GET());
    }

    /// Posts nothing to a path that is not below the API's own.
    public Answer postRoot(String path) {
        URI root = URI.create(base).resolve(path);
        return send(HttpRequest.newBuilder(root).POST(BodyPublishers.noBody()));
    }

    public Answer post(String path, String type, String body) {
        return send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    public Answer post(String path, String body) {
        return post(path, "application/json", body);
    }

    /// Sends a GET.
    ///
    /// @param headers names and values in turn
    public Answer put(String path, String body, String... headers) {
        return with("PUT", path, "application/json", body, headers);
    }

    public Answer patch(String path, String body, String... headers) {
        return with("PATCH", path, "application/merge-patch+json", body, headers);
    }

    public Answer delete(String path, String... headers) {
        HttpRequest.Builder request = request(path).DELETE();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    public Answer with(String method, String path, String type, String body, String... headers) {
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofMinutes(3));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
