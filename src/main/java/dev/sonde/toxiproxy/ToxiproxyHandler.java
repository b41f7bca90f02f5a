package dev.sonde.toxiproxy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sonde.security.PortGuard;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request of Toxiproxy's API from its first header to the last byte of its answer. Safe for any
/// thread.
final class ToxiproxyHandler implements HttpHandler {

    private static final Logger log = LoggerFactory.getLogger(ToxiproxyHandler.class);
    private static final int LARGEST_BODY_BYTES = 1 << 20;

    /// A smaller body needs no permit.
    private static final int SMALL_BODY_BYTES = 16 << 10;
    private static final int LARGE_BODIES = 8;

    /// The permits for larger bodies in memory.
    private final Semaphore largeBodies = new Semaphore(LARGE_BODIES);

    private final Calls calls;
    private final PortGuard guard;
    private final boolean isOpen;

    /// @param isOpen whether it needs no token
    ToxiproxyHandler(Calls calls, PortGuard guard, boolean isOpen) {
        this.calls = calls;
        this.guard = guard;
        this.isOpen = isOpen;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            send(exchange, answer(exchange));
        }
    }

    private ToxiproxyAnswer answer(HttpExchange exchange) throws IOException {
        Headers headers = exchange.getRequestHeaders();
        String agent = headers.getFirst("User-Agent");
        if (agent != null && agent.startsWith("Mozilla/")) {
            return ToxiproxyAnswer.text(403, "User agent not allowed\n");
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
            return ToxiproxyAnswer.json(
                    refusal.status(), new Problem(refusal.message(), refusal.status()));
        }
        byte[] start = exchange.getRequestBody().readNBytes(SMALL_BODY_BYTES);
        if (start.length < SMALL_BODY_BYTES) {
            return called(exchange, start);
        }
        if (!largeBodies.tryAcquire()) {
            String problem =
                    "%d bodies of more than %d bytes are being read; try again"
                            .formatted(LARGE_BODIES, SMALL_BODY_BYTES);
            return ToxiproxyAnswer.json(503, new Problem(problem, 503));
        }
        try {
            return calledWithLarge(exchange, start);
        } finally {
            largeBodies.release();
        }
    }

    private ToxiproxyAnswer calledWithLarge(HttpExchange exchange, byte[] start)
            throws IOException {
        int rest = LARGEST_BODY_BYTES - start.length;
        byte[] more = exchange.getRequestBody().readNBytes(rest + 1);
        if (more.length > rest) {
            return ToxiproxyAnswer.json(413, new Problem("the body is larger than 1 MiB", 413));
        }
        byte[] body = Arrays.copyOf(start, start.length + more.length);
        System.arraycopy(more, 0, body, start.length, more.length);
        return called(exchange, body);
    }

    private ToxiproxyAnswer called(HttpExchange exchange, byte[] body) {
        try {
            return calls.answer(exchange.getRequestMethod(), path(exchange), body);
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("a call of Toxiproxy's API failed");
            return ToxiproxyAnswer.json(500, new Problem("something went wrong here", 500));
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

    private static void send(HttpExchange exchange, ToxiproxyAnswer answer) throws IOException {
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
