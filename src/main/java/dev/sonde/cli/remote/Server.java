package dev.sonde.cli.remote;

import dev.sonde.cli.terminal.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A running service, as a command asks it. For one thread.
///
/// Every method ends with a [Failure] of status 3 where the server cannot be reached or refuses.
final class Server implements AutoCloseable {

    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Duration LAST = Duration.ofSeconds(1);
    private static final int FIRST_ERROR = 400;

    private final URI base;
    private final @Nullable String token;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .connectTimeout(CONNECT)
                    .version(HttpClient.Version.HTTP_1_1)
                    .build();

    Server(URI base, @Nullable String token) {
        this.base = base;
        this.token = token;
    }

    /// Ends the threads of the client; at its end the JVM would wait 300 ms for them.
    @Override
    public void close() {
        client.shutdownNow();
        try {
            boolean _ = client.awaitTermination(LAST);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// A name or value as a part of a path or query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) {
        return json(send(request(path).GET().build()));
    }

    /// The body in another form, such as YAML.
    String text(String path, String mediaType) {
        return send(request(path).setHeader("Accept", mediaType).GET().build());
    }

    JsonNode put(String path, String body, String mediaType) {
        BodyPublisher bytes = BodyPublishers.ofString(body);
        return json(send(request(path).header("Content-Type", mediaType).PUT(bytes).build()));
    }

    void delete(String path) {
        send(request(path).DELETE().build());
    }

    /// All items of a list, page after page.
    ///
    /// @param path with its query, if it has one
    List<JsonNode> all(String path) {
        List<JsonNode> items = new ArrayList<>();
        String separator = path.contains("?") ? "&" : "?";
        String next = path + separator + "limit=1000";
        while (next != null) {
            JsonNode page = get(next);
            page.path("items").forEach(items::add);
            String cursor = text(page, "next");
            next =
                    cursor.isEmpty()
                            ? null
                            : path + separator + "limit=1000&cursor=" + encoded(cursor);
        }
        return items;
    }

    /// A stream of events, which the caller closes.
    InputStream stream(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(base + path))
                        .headers(headers("text/event-stream"))
                        .build();
        HttpResponse<InputStream> answer = exchange(request, BodyHandlers.ofInputStream());
        if (answer.statusCode() >= FIRST_ERROR) {
            throw refused(answer.statusCode(), body(answer.body()));
        }
        return answer.body();
    }

    /// The text of a field; empty where it is absent.
    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .headers(headers("application/json, application/problem+json"))
                .timeout(ANSWER);
    }

    private String[] headers(String accepted) {
        return token == null
                ? new String[] {"Accept", accepted}
                : new String[] {"Accept", accepted, "Authorization", "Bearer " + token};
    }

    private String send(HttpRequest request) {
        HttpResponse<String> answer = exchange(request, BodyHandlers.ofString());
        if (answer.statusCode() >= FIRST_ERROR) {
            throw refused(answer.statusCode(), answer.body());
        }
        return answer.body();
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> form) {
        try {
            return client.send(request, form);
        } catch (ConnectException e) {
            String why = e.getMessage() == null ? "nothing answers there" : e.getMessage();
            throw unreachable(why);
        } catch (IOException e) {
            throw unreachable(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw unreachable("interrupted");
        }
    }

    private Failure unreachable(String why) {
        return new Failure(Failure.SERVER, "%s cannot be reached: %s.".formatted(base, why));
    }

    private JsonNode json(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JacksonException _) {
            throw new Failure(
                    Failure.SERVER, base + " answers something that is no JSON; is it Sonde?");
        }
    }

    private static String body(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException _) {
            // The status says it, too.
            return "";
        }
    }

    private Failure refused(int status, String body) {
        return new RefusedAnswer(status, body).failure(base, token != null);
    }
}
