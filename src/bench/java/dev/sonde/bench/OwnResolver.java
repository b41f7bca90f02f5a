package dev.sonde.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A local name server, and a place whose processes ask it alone. The place has the host's network,
/// and an `/etc/resolv.conf` of its own in a mount namespace. Needs root.
final class OwnResolver implements AutoCloseable {

    /// Port 53 of it is free where a resolver of the host has 127.0.0.53.
    private static final String ADDRESS = "127.53.53.53";

    private static final String MOUNTED =
            "mount --bind \"$1\" /etc/resolv.conf && shift && exec \"$@\"";

    private final Path file;
    private final Child server;

    private OwnResolver(Path file, Child server) {
        this.file = file;
        this.server = server;
    }

    static OwnResolver start() throws IOException {
        Path file = Files.createTempFile("sonde-bench-", ".resolv.conf");
        Files.writeString(file, "nameserver " + ADDRESS + "\n");
        List<String> command = Child.java("-Xmx64m", "-XX:+UseSerialGC", "-cp", Child.classPath());
        command.addAll(List.of(NameServerProcess.class.getName(), ADDRESS, "numbered"));
        Child server = new Child(command);
        server.await(NameServerProcess.READY);
        return new OwnResolver(file, server);
    }

    Place place() {
        return new Place(List.of("unshare", "--mount", "sh", "-c", MOUNTED, "sh", file.toString()));
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(file);
    }
}
