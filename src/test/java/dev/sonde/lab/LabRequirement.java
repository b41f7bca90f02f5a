package dev.sonde.lab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Assumptions;

/// What a lab test needs of the machine; a test that lacks it is skipped with the reason, in the
/// report and on standard output.
public final class LabRequirement {

    private LabRequirement() {}

    /// Root on Linux, and these commands: `.ci/lab` installs them.
    public static void rootWith(String... commands) {
        check(System.getProperty("os.name").equals("Linux"), "not Linux");
        check(isRoot(), "not root");
        for (String command : commands) {
            command(command);
        }
    }

    /// A command that needs no root.
    public static void command(String command) {
        check(isOnPath(command), "no command '" + command + "', see .ci/lab");
    }

    /// A device or file of the host.
    public static void file(String path) {
        check(Files.exists(Path.of(path)), "no " + path);
    }

    /// Skips the test unless `fact` holds.
    public static void check(boolean fact, String reasonIfNot) {
        if (!fact) {
            String message = "lab test skipped: " + reasonIfNot;
            System.out.println(message);
            Assumptions.abort(message);
        }
    }

    private static boolean isRoot() {
        try {
            return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOnPath(String command) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, command)));
    }
}
