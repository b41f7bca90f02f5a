package dev.sonde.lab;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One run of an external command, which has to succeed.
final class Command {

    private Command() {}

    /// Runs a command to its end, with these lines as its input.
    ///
    /// @return what it printed
    /// @throws IOException with the command and what it printed, if it fails
    static String run(List<String> command, String input) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var stdin = process.outputWriter(StandardCharsets.UTF_8)) {
            stdin.write(input);
        }
        String printed =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(
                    String.join(" ", command) + " ended with " + status + ": " + printed.strip());
        }
        return printed;
    }
}
