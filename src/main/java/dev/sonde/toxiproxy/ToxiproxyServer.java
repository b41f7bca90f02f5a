package dev.sonde.toxiproxy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sonde.security.PortGuard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The server of Toxiproxy's API, on a port of its own. Started and stopped by the service; its
/// requests run on threads of their own.
final class ToxiproxyServer {

    private static final Logger log = LoggerFactory.getLogger(ToxiproxyServer.class);
    private static final int LARGEST_BODY_BYTES = 1 << 20;

    private final Calls calls;
    private final PortGuard guard;
    private final boolean isOpen;
    private @Nullable HttpServer server;
    private @Nullable ExecutorService threads;

    /// @param isOpen whether it needs no token
    ToxiproxyServer(Calls calls, PortGuard guard, boolean isOpen) {
        this.calls = calls;
        this.guard = guard;
        this.isOpen = isOpen;
    }

    /// Opens the port.
    void start(InetSocketAddress address) {
        try {
            HttpServer opened = HttpServer.create(address, 0);
            ExecutorService own = Executors.newVirtualThreadPerTaskExecutor();
            opened.setExecutor(own);
            opened.createContext("/", this::serve);
            opened.start();
            server = opened;
            threads = own;
            log.atInfo().addKeyValue("address", opened.getAddress()).log("Toxiproxy's API is open");
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "sonde.toxiproxy.port: " + address + " cannot be bound: " + e.getMessage(), e);
        }
    }

    /// Creates the proxies of a configuration file.
    void load(Path file) {
        try {
            Answer answer = calls.answer("POST", List.of("populate"), Files.readAllBytes(file));
            if (answer.status() != 201) {
                byte[] body = answer.body();
                throw new IllegalStateException(
                        "sonde.toxiproxy.file: "
                                + (body == null ? "" : new String(body, StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("sonde.toxiproxy.file cannot be read: " + file, e);
        }
    }

    /// The port that it listens on; absent while it does not.
    @Nullable Integer port() {
        return server == null ? null : server.getAddress().getPort();
    }

    void stop() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
        if (threads != null) {
            threads.close();
            threads = null;
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String agent = headers.getFirst("User-Agent");
        if (agent != null && agent.startsWith("Mozilla/")) {
            return Answer.text(403, "User agent not allowed\n");
        }
        PortGuard.Refusal refusal =
                guard.judge(
                        new PortGuard.Request(
                                headers.getFirst("Host"),
                                headers.getFirst("Origin"),
                                headers.getFirst("Sec-Fetch-Site"),
                                headers.getFirst("Authorization"),
                                exchange.getRequestMethod().equals("GET")),
                        isOpen);
        if (refusal != null) {
            return Answer.json(refusal.status(), new Problem(refusal.message(), refusal.status()));
        }
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY_BYTES + 1);
        if (body.length > LARGEST_BODY_BYTES) {
            return Answer.json(413, new Problem("the body is larger than 1 MiB", 413));
        }
        return called(exchange, body);
    }

    private Answer called(HttpExchange exchange, byte[] body) {
        try {
            return calls.answer(exchange.getRequestMethod(), path(exchange), body);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("a call of Toxiproxy's API failed");
            return Answer.json(500, new Problem("something went wrong here", 500));
        }
    }

    private record Problem(String error, int status) {}

    private static List<String> path(HttpExchange exchange) {
        String raw = exchange.getRequestURI().getRawPath();
        return Arrays.stream(raw.split("/", -1))
                .filter(part -> !part.isEmpty())
                .map(part -> URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        byte[] body = answer.body();
        if (body == null || body.length == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
    }
}
