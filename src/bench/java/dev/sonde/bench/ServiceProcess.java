package dev.sonde.bench;

import com.sun.management.GarbageCollectorMXBean;
import dev.sonde.lab.Endpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The whole service, from its jar, as a process of its own that is ready and observed. Its data
/// directory outlives it.
final class ServiceProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final Child child;
    private final long startNanos;

    /// Asked for when they are first needed.
    private @Nullable RemoteBeans beans;

    /// @param heap as `-Xmx` takes it
    ServiceProcess(Path data, String heap, Options options)
            throws IOException, InterruptedException {
        this(ownJar(), data, heap, options, Place.ANYWHERE);
    }

    /// @param jar of any build
    /// @param place in the host's network
    ServiceProcess(Path jar, Path data, String heap, Options options, Place place)
            throws IOException, InterruptedException {
        int port = Endpoints.freePort();
        base = URI.create("http://127.0.0.1:" + port);
        long beforeNanos = System.nanoTime();
        child = new Child(place.command(command(jar, port, data, heap, options)));
        child.ignoreOutput();
        try {
            awaitReadiness();
            startNanos = System.nanoTime() - beforeNanos;
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    /// From the start of the process to its readiness.
    long startNanos() {
        return startNanos;
    }

    long pid() {
        return child.pid();
    }

    int port() {
        return base.getPort();
    }

    Usage usage() {
        return Usage.of(beans().process(), beans().threads());
    }

    List<GarbageCollectorMXBean> collectors() {
        return beans().collectors();
    }

    /// What is alive.
    long heapBytesAfterCollection() {
        beans().memory().gc();
        return heapBytes();
    }

    long heapBytes() {
        return beans().memory().getHeapMemoryUsage().getUsed();
    }

    private RemoteBeans beans() {
        RemoteBeans known = beans;
        if (known == null) {
            try {
                known = RemoteBeans.of(child.pid());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            beans = known;
        }
        return known;
    }

    URI at(String path) {
        return base.resolve(path);
    }

    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> handler)
            throws IOException, InterruptedException {
        return http.send(request, handler);
    }

    private static List<String> command(Path jar, int port, Path data, String heap, Options options)
            throws IOException {
        List<String> jvm = new ArrayList<>();
        Path recordings = options.recordings();
        jvm.add("-Xmx" + heap);
        jvm.addAll(options.jvm());
        if (recordings != null) {
            Files.createDirectories(recordings);
            jvm.add(
                    "-XX:StartFlightRecording=settings=profile,filename="
                            + recordings.resolve("service-%p.jfr"));
        }
        jvm.addAll(List.of("-jar", jar.toString()));
        List<String> command = Child.java(jvm.toArray(String[]::new));
        command.addAll(
                Arrays.asList(
                        EngineLimits.arguments(
                                "--server.port=" + port,
                                "--sonde.data-dir=" + data,
                                "--logging.level.root=warn")));
        return command;
    }

    /// What the build before this has packaged.
    static Path ownJar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("target holds no jar: package it first"));
        }
    }

    private void awaitReadiness() throws IOException, InterruptedException {
        long untilNanos = System.nanoTime() + LONGEST_START.toNanos();
        HttpRequest ready = HttpRequest.newBuilder(at("/actuator/health/readiness")).build();
        while (System.nanoTime() - untilNanos < 0 && child.isRunning()) {
            try {
                if (http.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (ConnectException _) {
                // Not yet listening.
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
        throw new IOException("the service did not start");
    }

    @Override
    public void close() {
        RemoteBeans known = beans;
        if (known != null) {
            known.close();
        }
        http.close();
        child.close();
    }
}
