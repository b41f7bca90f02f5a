package dev.sonde.launch;

import java.util.Arrays;
import java.util.Set;

/// The first word of the command line, which decides between the service and a command.
public final class FirstWord {

    private static final String SERVE = "serve";
    private static final Set<String> ASKING = Set.of("--help", "--version");

    private FirstWord() {}

    /// Whether the arguments are a command's. Without any, with `serve`, and where the first begins
    /// with `--`, they are the service's; `--help` and `--version` are a command's.
    public static boolean isCommand(String[] arguments) {
        return arguments.length > 0
                && !arguments[0].equals(SERVE)
                && (!arguments[0].startsWith("--") || ASKING.contains(arguments[0]));
    }

    /// The arguments of the service, without the word that starts it.
    public static String[] ofService(String[] arguments) {
        return arguments.length > 0 && arguments[0].equals(SERVE)
                ? Arrays.copyOfRange(arguments, 1, arguments.length)
                : arguments;
    }
}
