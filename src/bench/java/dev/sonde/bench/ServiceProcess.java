package dev.sonde.bench;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import dev.sonde.lab.Endpoints;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
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
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/// The whole service, from its jar, as a process of its own that is ready and observed. Its data
/// directory outlives it.
final class ServiceProcess implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final Child child;
    private final long startNanos;
    private final JMXConnector connector;
    private final OperatingSystemMXBean process;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;
    private final List<GarbageCollectorMXBean> collectors;

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
            connector = connect(child.pid());
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            process = ManagementFactory.getPlatformMXBean(beans, OperatingSystemMXBean.class);
            threads = ManagementFactory.getPlatformMXBean(beans, ThreadMXBean.class);
            memory = ManagementFactory.getPlatformMXBean(beans, MemoryMXBean.class);
            collectors = ManagementFactory.getPlatformMXBeans(beans, GarbageCollectorMXBean.class);
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
        return Usage.of(process, threads);
    }

    List<GarbageCollectorMXBean> collectors() {
        return collectors;
    }

    /// What is alive.
    long heapBytesAfterCollection() {
        memory.gc();
        return heapBytes();
    }

    long heapBytes() {
        return memory.getHeapMemoryUsage().getUsed();
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

    /// The address is one that our own child has just told us, on this host alone.
    @SuppressWarnings("BanJNDI")
    private static JMXConnector connect(long pid) throws IOException {
        try {
            VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            try {
                return JMXConnectorFactory.connect(
                        new JMXServiceURL(jvm.startLocalManagementAgent()));
            } finally {
                jvm.detach();
            }
        } catch (AttachNotSupportedException e) {
            throw new IOException("the service's JVM cannot be observed", e);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException _) {
            // Only an observer's connection; the process ends next.
        }
        http.close();
        child.close();
    }
}
