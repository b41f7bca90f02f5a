package dev.sonde.cli;

import dev.sonde.cli.local.CheckCommand;
import dev.sonde.cli.local.Engines;
import dev.sonde.cli.terminal.ClosedOutputException;
import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The commands of the command line. Their exit statuses are in `docs/guide/command-line.md`.
public final class Commands {

    /// The exit status of an unexpected error (`sysexits.h`, EX_SOFTWARE).
    private static final int UNEXPECTED = 70;

    /// The exit status that a shell reports for SIGPIPE.
    private static final int CLOSED_OUTPUT = 141;

    /// Set by the build of the image; no setting, so its name is outside of `sonde.`.
    private static final String TRAINING = "image.training";

    private static final List<String> REHEARSED =
            List.of("check 127.0.0.1:9", "check -v --timeout 1s 127.0.0.1:9");

    private Commands() {}

    /// Runs one command and ends the process.
    public static void main(String[] arguments) {
        // The engine's log is for operators of a service.
        System.setProperty("slf4j.provider", "org.slf4j.helpers.NOP_FallbackServiceProvider");
        System.setProperty("slf4j.internal.verbosity", "WARN");
        if (Boolean.getBoolean(TRAINING)) {
            rehearse();
        }
        Terminal terminal = Terminal.ofProcess();
        int status = status(arguments, terminal);
        terminal.interrupt().ended();
        System.exit(status);
    }

    /// Runs some commands for the build of the image: what they load goes into the cache.
    private static void rehearse() {
        for (String line : REHEARSED) {
            int _ = status(line.split(" ", -1), Terminal.ofProcess());
        }
    }

    /// Runs one command.
    ///
    /// @return the exit status
    static int status(String[] arguments, Terminal terminal) {
        try {
            int status = run(arguments, terminal);
            terminal.flush();
            return status;
        } catch (LinkageError e) {
            return failed(new IllegalStateException(e), terminal);
        } catch (ClosedOutputException e) {
            return failed(e, terminal);
        }
    }

    private static int run(String[] arguments, Terminal terminal) {
        if (CommandList.isLocal(arguments[0])) {
            Engines.prepare();
        }
        CheckCommand check = CheckCommand.ofTargets(arguments, terminal);
        return check == null ? parsed(arguments, terminal) : plain(check, terminal);
    }

    private static int plain(CheckCommand check, Terminal terminal) {
        try {
            return check.call();
        } catch (RuntimeException e) {
            return failed(e, terminal);
        }
    }

    private static int parsed(String[] arguments, Terminal terminal) {
        CommandLine line = CommandList.line(arguments[0], terminal);
        line.setParameterExceptionHandler((e, _) -> misused(e, terminal));
        line.setExecutionExceptionHandler((e, _, _) -> failed(e, terminal));
        StringWriter help = new StringWriter();
        line.setOut(new PrintWriter(help, true));
        int status = line.execute(arguments);
        terminal.print(help.getBuffer());
        return status;
    }

    private static int misused(ParameterException e, Terminal terminal) {
        if (e.getCause() instanceof Failure failure) {
            return failed(failure, terminal);
        }
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        terminal.message("%s: %s; see %s --help.".formatted(name, sentence(e), name));
        return Failure.USAGE;
    }

    private static String sentence(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched ->
                    "%s is unknown".formatted(unmatched.getUnmatched().getFirst());
            case MissingParameterException missing ->
                    "%s is missing"
                            .formatted(
                                    missing.getMissing().isEmpty()
                                            ? "a value"
                                            : label(missing.getMissing().getFirst()));
            default -> String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        };
    }

    /// `TARGET`, or `-f FILE` of an option.
    private static String label(ArgSpec missing) {
        return missing instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : missing.paramLabel();
    }

    private static int failed(Exception e, Terminal terminal) {
        int status = status(e);
        if (status != CLOSED_OUTPUT) {
            terminal.flush();
        }
        String sentence = status == UNEXPECTED ? "an unexpected error: " + e + "." : e.getMessage();
        terminal.message("sonde: " + sentence);
        return status;
    }

    private static int status(Exception e) {
        return switch (e) {
            case ClosedOutputException _ -> CLOSED_OUTPUT;
            case Failure failure -> failure.status();
            default -> UNEXPECTED;
        };
    }
}
