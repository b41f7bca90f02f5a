package dev.sonde.chart;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// A program that a test needs and a machine may lack.
final class Tool {

    private Tool() {}

    /// Skips the test, and says why, where the program is not there.
    static void require(String name) {
        boolean isThere =
                Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        if (!isThere) {
            System.out.println("Skipped: the test needs " + name + " on the PATH");
        }
        assumeTrue(isThere, name + " is needed on the PATH");
    }

    /// What a program printed.
    ///
    /// @param environment names and values in turn
    static Printed run(List<String> command, String... environment)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        for (int i = 0; i < environment.length; i += 2) {
            builder.environment().put(environment[i], environment[i + 1]);
        }
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Printed(process.waitFor(), text);
    }

    record Printed(int status, String text) {}
}
