package dev.sonde.notification;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A receiver of webhooks, which answers as it is told.
public final class Hook implements AutoCloseable {

    private final String scheme;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();

    /// All calls, also those that a test took.
    public final List<Call> all = new CopyOnWriteArrayList<>();

    /// The answers to come; 200 where none is left.
    final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();

    /// Calls are answered once it is zero.
    public volatile CountDownLatch held = new CountDownLatch(0);

    record Reply(int status, Map<String, String> headers, String body) {

        static Reply of(int status) {
            return new Reply(status, Map.of(), "");
        }
    }

    public record Call(String path, String delivery, String signature, String body) {

        public String at(String pointer) {
            return new JsonMapper().readTree(body).at(pointer).asString("");
        }

        JsonNode json() {
            return new JsonMapper().readTree(body);
        }
    }

    public Hook() throws IOException {
        this(null);
    }

    /// @param tls absent for plain HTTP
    Hook(@Nullable SSLContext tls) throws IOException {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (tls == null) {
            scheme = "http";
            server = HttpServer.create(any, 50);
        } else {
            HttpsServer secured = HttpsServer.create(any, 50);
            secured.setHttpsConfigurator(new HttpsConfigurator(tls));
            scheme = "https";
            server = secured;
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    public String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Call call =
                new Call(
                        exchange.getRequestURI().toString(),
                        String.valueOf(exchange.getRequestHeaders().getFirst("Sonde-Delivery")),
                        String.valueOf(exchange.getRequestHeaders().getFirst("Sonde-Signature")),
                        body);
        Reply reply = replies.poll();
        Reply used = reply == null ? Reply.of(200) : reply;
        used.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] bytes = used.body().getBytes(StandardCharsets.UTF_8);
        all.add(call);
        calls.add(call);
        awaitLeave();
        exchange.sendResponseHeaders(used.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitLeave() {
        try {
            held.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The next call; a test that gets none ends.
    public Call next() {
        try {
            Call call = calls.poll(1, TimeUnit.MINUTES);
            if (call == null) {
                throw new AssertionError("no call came");
            }
            return call;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        held.countDown();
        server.stop(0);
        threads.close();
    }
}
