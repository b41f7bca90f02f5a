package dev.sonde.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.Endpoints;
import dev.sonde.lab.Jdk;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The whole service as a process of its own, which may be attacked until it ends.
final class AttackedService implements AutoCloseable {

    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern THREADS = Pattern.compile("Threads:\\s+(\\d+)");
    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = Endpoints.freePort();
    private final Path output;
    private final Process process;

    /// @param data its data directory; what it prints goes to a file beside it
    /// @param heap as `-Xmx` takes it
    AttackedService(Path data, String heap, String... arguments) throws IOException {
        this.output = data.resolveSibling(data.getFileName() + ".log");
        this.process =
                new ProcessBuilder(command(data, heap, arguments))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        await().atMost(LONGEST_START).ignoreExceptions().until(this::isReadyOrOver);
        assertThat(process.isAlive()).as(printed()).isTrue();
    }

    private List<String> command(Path data, String heap, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Jdk.program("java"));
        command.addAll(
                List.of(
                        "-Xmx" + heap,
                        "-XX:+UseSerialGC",
                        "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.sonde.SondeApplication",
                        "--server.port=" + port,
                        "--sonde.data-dir=" + data));
        command.addAll(Arrays.asList(arguments));
        return command;
    }

    private boolean isReadyOrOver() throws IOException, InterruptedException {
        return !process.isAlive() || get("/actuator/health/readiness").statusCode() == 200;
    }

    int port() {
        return port;
    }

    /// A socket to the API, with a bound on each read.
    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
        socket.setSoTimeout(60_000);
        return socket;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    HttpResponse<String> send(String method, String path, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest request =
                request(path)
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body))
                        .build();
        return http.send(request, BodyHandlers.ofString());
    }

    <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return http.send(request, handler);
    }

    /// It lives, it answers, and its heap was never full.
    void verifyUnharmed() throws IOException, InterruptedException {
        assertThat(process.isAlive()).as(() -> printed()).isTrue();
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        assertThat(printed()).doesNotContain("OutOfMemoryError");
    }

    int descriptors() {
        String[] names = new File("/proc/" + process.pid() + "/fd").list();
        return names == null ? 0 : names.length;
    }

    int threads() throws IOException {
        String status = Files.readString(Path.of("/proc/" + process.pid() + "/status"));
        return Integer.parseInt(found(THREADS, status));
    }

    /// Bytes of the heap that a collection leaves.
    long liveHeap() throws IOException {
        Process asked =
                new ProcessBuilder(
                                Jdk.program("jcmd"),
                                Long.toString(process.pid()),
                                "GC.class_histogram")
                        .start();
        String answer = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(found(TOTAL, answer));
    }

    private static String found(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        http.close();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
