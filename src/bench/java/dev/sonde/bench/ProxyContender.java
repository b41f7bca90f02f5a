package dev.sonde.bench;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A proxy in a process of its own, in front of the benchmark's upstream.
record ProxyContender(String label, Child child, int port) implements AutoCloseable {

    /// One of the two that run in a JVM.
    ///
    /// @param kind `BARE` or `SONDE`
    static ProxyContender java(String label, String kind, int upstream) throws IOException {
        Child child =
                new Child(
                        Child.java(
                                "-Xms256m",
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                Child.classPath(),
                                ProxyChild.class.getName(),
                                kind,
                                Integer.toString(upstream)));
        return new ProxyContender(label, child, Integer.parseInt(child.await(ProxyChild.READY)));
    }

    /// HAProxy in TCP mode with one thread; absent where it is not installed.
    static Optional<ProxyContender> haproxy(int upstream) throws IOException, InterruptedException {
        boolean isInstalled =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "haproxy")));
        if (!isInstalled) {
            return Optional.empty();
        }
        int port = freePort();
        Path config = Files.createTempFile("sonde-bench", ".cfg");
        config.toFile().deleteOnExit();
        Files.writeString(
                config,
                """
                global
                  nbthread 1
                  maxconn 1000
                defaults
                  mode tcp
                  timeout connect 10s
                  timeout client 1h
                  timeout server 1h
                listen bench
                  bind 127.0.0.1:%d backlog 4096
                  server upstream 127.0.0.1:%d
                """
                        .formatted(port, upstream));
        Child child = new Child(List.of("haproxy", "-db", "-f", config.toString()));
        child.ignoreOutput();
        // It does not tell when it listens.
        Thread.sleep(Duration.ofSeconds(1));
        if (!child.isRunning()) {
            child.close();
            System.out.println("HAProxy is installed and does not start; it is not measured.");
            return Optional.empty();
        }
        return Optional.of(new ProxyContender("HAProxy, 1 thread", child, port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    /// CPU time of the process since its start.
    Duration cpu() {
        return ProcessHandle.of(child.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /// The heap after a collection, in bytes; for one that runs in a JVM.
    long heapBytes() throws IOException {
        child.send("heap");
        return Long.parseLong(child.await(ProxyChild.HEAP));
    }

    @Override
    public void close() {
        child.close();
    }
}
