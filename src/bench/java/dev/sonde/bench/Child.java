package dev.sonde.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A process that the benchmark started and ends, by its own handle, also when the benchmark itself
/// is ended.
final class Child implements AutoCloseable {

    private static final long EXIT_SECONDS = 15;

    private final Process process;
    private final BufferedReader output;
    private final Writer input;
    private final Thread whenShutDown;

    Child(List<String> command) throws IOException {
        process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        output = process.inputReader(StandardCharsets.UTF_8);
        input = process.outputWriter(StandardCharsets.UTF_8);
        whenShutDown = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(whenShutDown);
    }

    /// The command of a JVM like this one: the same JDK and the same access to the kernel.
    static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of(arguments));
        return command;
    }

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    void send(String line) throws IOException {
        input.write(line + "\n");
        input.flush();
    }

    /// Waits for a line that begins so.
    ///
    /// @return what follows on that line
    String await(String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new IOException("it ended before it said \"" + beginning + "\": " + process.info());
    }

    /// Reads and forgets what the process prints from now on, so that it never blocks on that.
    void ignoreOutput() {
        Thread.ofVirtual().start(() -> output.lines().forEach(_ -> {}));
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /// Asks it to end by closing its input and by a signal, and insists after a while.
    @Override
    public void close() {
        try {
            input.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.destroy();
            end();
        }
    }

    private void end() {
        try {
            if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Runtime.getRuntime().removeShutdownHook(whenShutDown);
        } catch (InterruptedException _) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IllegalStateException _) {
            // The benchmark is being shut down: the hook does the same.
        }
    }
}
