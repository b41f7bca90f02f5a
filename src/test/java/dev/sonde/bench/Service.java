package dev.sonde.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.PlatformManagedObject;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.springframework.util.FileSystemUtils;

/// The whole service, from its jar, as a process of its own; and a check over HTTP, streamed as
/// NDJSON, as its row of the table.
final class Service implements AutoCloseable, Contender {

    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final Duration LONGEST_CHECK = Duration.ofSeconds(60);
    private static final int LONGEST_LINE = 64 * 1_024;
    private static final Pattern SUCCEEDED = Pattern.compile("\"succeeded\":(\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final Path data;
    private final Child child;
    private final JMXConnector connector;
    private final OperatingSystemMXBean process;
    private final ThreadMXBean threads;
    private final ListenerProcess listener;

    Service(ListenerProcess listener) throws IOException, InterruptedException {
        int port = freePort();
        data = Files.createTempDirectory("sonde-bench");
        base = URI.create("http://127.0.0.1:" + port);
        this.listener = listener;
        List<String> command = Child.java("-Xmx512m", "-jar", jar());
        command.addAll(
                Arrays.asList(
                        EngineLimits.arguments(
                                "--server.port=" + port,
                                "--sonde.data-dir=" + data,
                                "--logging.level.root=warn")));
        child = new Child(command);
        child.ignoreOutput();
        try {
            awaitHealth();
            connector = connect(child.pid());
            MBeanServerConnection beans = connector.getMBeanServerConnection();
            process =
                    proxy(
                            beans,
                            ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME,
                            OperatingSystemMXBean.class);
            threads = proxy(beans, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        } catch (IOException | InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    @Override
    public String label() {
        return Rows.SERVICE;
    }

    @Override
    public int inFlight() {
        return Rows.FEW;
    }

    /// One check of a block under 127.1.0.0 with as many addresses, a power of two.
    @Override
    public Sample measure(int connects) throws IOException, InterruptedException {
        int prefix = Integer.numberOfLeadingZeros(connects) + 1;
        Usage before = Usage.of(process, threads);
        long succeeded = sweep("127.1.0.0/" + prefix + ":" + listener.port());
        Usage used = Usage.of(process, threads).since(before);
        listener.settle();
        return Sample.of(used, succeeded, connects - succeeded, new Latencies());
    }

    private long sweep(String block) throws IOException, InterruptedException {
        String body =
                """
                {"targets":["%s"],"settings":{"close":"rst"},"concurrency":%d}"""
                        .formatted(block, Rows.FEW);
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve("/api/v1/checks"))
                        .header("Content-Type", "application/json")
                        .header("Accept", "application/x-ndjson")
                        .timeout(LONGEST_CHECK)
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
        var response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream lines = response.body()) {
            String summary = lastLine(lines);
            Matcher succeeded = SUCCEEDED.matcher(summary);
            if (response.statusCode() != 200 || !succeeded.find()) {
                throw new IOException(response.statusCode() + " " + summary);
            }
            return Long.parseLong(succeeded.group(1));
        }
    }

    /// Reads everything, as cheaply as it can be, since the reader shares the cores.
    private static String lastLine(InputStream stream) throws IOException {
        byte[] buffer = new byte[2 * LONGEST_LINE];
        int filled = 0;
        for (int read = stream.read(buffer, filled, LONGEST_LINE);
                read >= 0;
                read = stream.read(buffer, filled, LONGEST_LINE)) {
            filled += read;
            if (filled > LONGEST_LINE) {
                System.arraycopy(buffer, filled - LONGEST_LINE, buffer, 0, LONGEST_LINE);
                filled = LONGEST_LINE;
            }
        }
        String tail = new String(buffer, 0, filled, StandardCharsets.UTF_8).strip();
        return tail.substring(tail.lastIndexOf('\n') + 1);
    }

    /// What the build before this has packaged.
    private static String jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.map(Path::toString)
                    .filter(file -> file.endsWith(".jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("target holds no jar: package it first"));
        }
    }

    private void awaitHealth() throws IOException, InterruptedException {
        long untilNanos = System.nanoTime() + LONGEST_START.toNanos();
        HttpRequest health = HttpRequest.newBuilder(base.resolve("/actuator/health")).build();
        while (System.nanoTime() - untilNanos < 0 && child.isRunning()) {
            try {
                if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (ConnectException _) {
                // Not yet listening.
            }
            Thread.sleep(Duration.ofMillis(200));
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

    private static <T extends PlatformManagedObject> T proxy(
            MBeanServerConnection beans, String name, Class<T> type) throws IOException {
        return ManagementFactory.newPlatformMXBeanProxy(beans, name, type);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
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
        FileSystemUtils.deleteRecursively(data.toFile());
    }
}
