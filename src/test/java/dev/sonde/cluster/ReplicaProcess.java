package dev.sonde.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The whole service in a process of its own, one of several replicas.
public final class ReplicaProcess implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;

    /// Starts it; it takes seconds until it answers.
    ///
    /// @param log where what it prints goes
    public ReplicaProcess(String name, Path directory, Path log, String... arguments)
            throws IOException {
        port = freePort();
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.sonde.SondeApplication",
                                "--server.port=" + port,
                                "--sonde.data-dir=" + directory.resolve(name),
                                "--sonde.replica=" + name,
                                "--sonde.cluster.enabled=true",
                                "--sonde.cluster.port=0"));
        command.addAll(List.of(arguments));
        process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /// The value of a meter without labels; 0 while it does not answer.
    public double meter(String name) {
        Matcher matcher =
                Pattern.compile("(?m)^" + name + " ([0-9.E+]+)")
                        .matcher(get("/actuator/prometheus"));
        return matcher.find() ? Double.parseDouble(matcher.group(1)) : 0;
    }

    /// What it answers; empty where it does not.
    public String get(String path) {
        try {
            return HTTP.send(request(path).build(), BodyHandlers.ofString()).body();
        } catch (IOException _) {
            return "";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<String> post(String path, String type, String body) throws IOException {
        try {
            return HTTP.send(
                    request(path)
                            .header("Content-Type", type)
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    /// Sends a signal, such as `STOP`.
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    }

    /// Ends it, if it has not ended yet.
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
