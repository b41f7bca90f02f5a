package dev.sonde.cli;

import dev.sonde.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// A command that ran inside the test, and all that came of it.
record CommandRun(int status, String out, String err) {

    static CommandRun of(String... arguments) {
        return in(Map.of(), arguments);
    }

    /// @param environment instead of the process's own
    static CommandRun in(Map<String, String> environment, String... arguments) {
        return in(environment, new ByteArrayOutputStream(), arguments);
    }

    static CommandRun in(Map<String, String> environment, OutputStream err, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Commands.status(arguments, Terminal.of(out, err, environment));
        return new CommandRun(status, out.toString(StandardCharsets.UTF_8), err.toString());
    }
}
