package dev.sonde.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A network namespace of the benchmark's own whose loopback hands received packets to one core
/// (receive packet steering, `Documentation/networking/scaling.rst` of the kernel). Needs root.
final class SteeredNamespace implements AutoCloseable {

    private static final String STEER =
            "ip link set lo up && echo \"$1\" > /sys/class/net/lo/queues/rx-0/rps_cpus";

    private static final String RESOLVER_FILE = "resolv.conf";

    private final String name;
    private final Thread whenShutDown = new Thread(this::deleteQuietly);

    private SteeredNamespace(String name) {
        this.name = name;
    }

    static SteeredNamespace to(int core) throws IOException {
        String name = "sonde-bench-" + ProcessHandle.current().pid();
        run("ip", "netns", "add", name);
        SteeredNamespace namespace = new SteeredNamespace(name);
        Runtime.getRuntime().addShutdownHook(namespace.whenShutDown);
        try {
            String mask = Long.toHexString(1L << core);
            run("ip", "netns", "exec", name, "sh", "-c", STEER, "sh", mask);
        } catch (IOException e) {
            namespace.close();
            throw e;
        }
        return namespace;
    }

    /// A place in here.
    Place place(Place outside) {
        return outside.in(name);
    }

    /// Has processes in here ask this name server.
    void resolveBy(String server) throws IOException {
        Files.createDirectories(etc());
        Files.writeString(etc().resolve(RESOLVER_FILE), "nameserver " + server + "\n");
    }

    private Path etc() {
        return Path.of("/etc/netns", name);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(etc().resolve(RESOLVER_FILE));
        Files.deleteIfExists(etc());
        Runtime.getRuntime().removeShutdownHook(whenShutDown);
        run("ip", "netns", "delete", name);
    }

    private void deleteQuietly() {
        try {
            run("ip", "netns", "delete", name);
        } catch (IOException e) {
            System.err.println("the namespace " + name + " is left behind: " + e.getMessage());
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(List.of(command) + " ended with " + status + ": " + printed);
        }
    }
}
