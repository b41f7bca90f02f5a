package dev.sonde.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/// A network namespace and one platform thread that lives in it: every socket which that thread
/// opens belongs to the namespace, for life and whoever uses it then.
public final class Namespace implements AutoCloseable {

    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final int O_RDONLY = 0;

    private final String name;
    private final ExecutorService inside;

    private Namespace(String name) {
        this.name = name;
        this.inside =
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().daemon().name(name).factory());
    }

    /// Creates it and enters it, with its loopback up.
    static Namespace create(String name) throws IOException {
        Command.run(List.of("ip", "netns", "add", name), "");
        Namespace namespace = new Namespace(name);
        namespace.call(
                () -> {
                    int descriptor = Posix.open("/run/netns/" + name, O_RDONLY);
                    Posix.setns(descriptor, CLONE_NEWNET);
                    Posix.close(descriptor);
                    return descriptor;
                });
        namespace.ip("link set lo up");
        return namespace;
    }

    String name() {
        return name;
    }

    /// Does something on the thread inside, such as opening a socket.
    public <T> T call(Callable<T> action) throws IOException {
        try {
            return inside.submit(action).get();
        } catch (ExecutionException e) {
            throw new IOException("in " + name, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted in " + name, e);
        }
    }

    /// Runs `ip` in here, one command a line.
    public void ip(String commands) throws IOException {
        Command.run(List.of("ip", "-netns", name, "-batch", "-"), commands + "\n");
    }

    /// Adds packet filter rules in here, in the language of `nft`.
    public void nft(String rules) throws IOException {
        Command.run(List.of("ip", "netns", "exec", name, "nft", "-f", "-"), rules);
    }

    /// Runs a command in here, with the files under `/etc/netns` of this namespace for those under
    /// `/etc`.
    ///
    /// @return what it wrote; empty where it failed
    public String run(String... command) {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(List.of(command));
        try {
            return Command.run(all, "");
        } catch (IOException _) {
            return "";
        }
    }

    /// Starts a command in here, whose output goes to a file.
    public Process start(Path output, List<String> command) throws IOException {
        List<String> all = new ArrayList<>(List.of("ip", "netns", "exec", name));
        all.addAll(command);
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /// Writes a file that stands for one under `/etc` in here; it goes with the namespace.
    public void etc(String file, String text) throws IOException {
        Files.createDirectories(etc());
        Files.writeString(etc().resolve(file), text);
    }

    private Path etc() {
        return Path.of("/etc/netns", name);
    }

    /// Runs `tc` in here.
    public void tc(String command) throws IOException {
        Command.run(List.of("tc", "-netns", name, "-batch", "-"), command + "\n");
    }

    /// Sets a kernel parameter in here, by its path under `/proc/sys/net`.
    public void sysctl(String path, int value) throws IOException {
        sysctl(path, Integer.toString(value));
    }

    /// Sets a kernel parameter of several numbers.
    public void sysctl(String path, String value) throws IOException {
        Path file = Path.of("/proc/sys/net", path);
        call(() -> Files.writeString(file, value));
    }

    /// Ends the thread and removes the namespace, with every interface and rule in it.
    @Override
    public void close() throws IOException {
        inside.shutdownNow();
        Command.run(List.of("ip", "netns", "delete", name), "");
        if (Files.isDirectory(etc())) {
            try (Stream<Path> files = Files.list(etc())) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(etc());
        }
    }
}
