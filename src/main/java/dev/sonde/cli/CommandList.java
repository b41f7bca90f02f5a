package dev.sonde.cli;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;

import dev.sonde.cli.local.CheckCommand;
import dev.sonde.cli.local.ConvertCommand;
import dev.sonde.cli.local.ListenCommand;
import dev.sonde.cli.local.SweepCommand;
import dev.sonde.cli.local.WatchCommand;
import dev.sonde.cli.remote.ApplyCommand;
import dev.sonde.cli.remote.DeleteCommand;
import dev.sonde.cli.remote.EventsCommand;
import dev.sonde.cli.remote.GetCommand;
import dev.sonde.cli.remote.IncidentsCommand;
import dev.sonde.cli.remote.StatusCommand;
import dev.sonde.cli.remote.TokenCommand;
import dev.sonde.cli.terminal.Terminal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/// All commands by name. Only the one that is asked for is made: reading the options of all would
/// cost every command a tenth of a second.
final class CommandList {

    private static final int USAGE_WIDTH = 80;

    private static final List<String> LOCAL = List.of("check", "sweep", "watch", "listen");
    private static final List<String> OTHERS =
            List.of(
                    "convert",
                    "status",
                    "get",
                    "apply",
                    "delete",
                    "events",
                    "incidents",
                    "token",
                    "completion",
                    "man");

    private CommandList() {}

    /// Only its own class is loaded. Absent where no command has the name.
    private static @Nullable Object command(String name, Terminal terminal) {
        return switch (name) {
            case "check" -> new CheckCommand(terminal);
            case "sweep" -> new SweepCommand(terminal);
            case "watch" -> new WatchCommand(terminal);
            case "listen" -> new ListenCommand(terminal);
            case "convert" -> new ConvertCommand(terminal);
            case "status" -> new StatusCommand(terminal);
            case "get" -> new GetCommand(terminal);
            case "apply" -> new ApplyCommand(terminal);
            case "delete" -> new DeleteCommand(terminal);
            case "events" -> new EventsCommand(terminal);
            case "incidents" -> new IncidentsCommand(terminal);
            case "token" -> new TokenCommand(terminal);
            case "completion" -> new CompletionCommand(terminal);
            case "man" -> new ManPage(terminal);
            default -> null;
        };
    }

    /// Whether a command probes or listens from this process.
    static boolean isLocal(String name) {
        return LOCAL.contains(name);
    }

    /// The command line for a first word: with this command only, or with all.
    static CommandLine line(String first, Terminal terminal) {
        Object command = command(first, terminal);
        if (command == null) {
            return all(terminal);
        }
        CommandLine root = root();
        root.addSubcommand(first, prepared(new CommandLine(command)));
        return root;
    }

    /// With every command, as help and completion need it.
    static CommandLine all(Terminal terminal) {
        CommandLine root = root();
        for (List<String> names : List.of(LOCAL, OTHERS)) {
            for (String name : names) {
                Object command = Objects.requireNonNull(command(name, terminal));
                root.addSubcommand(name, prepared(new CommandLine(command)));
            }
        }
        return root;
    }

    private static CommandLine root() {
        return prepared(new CommandLine(new Root()));
    }

    private static CommandLine prepared(CommandLine line) {
        ShortHelp.addTo(line.getCommandSpec());
        line.getCommandSpec().versionProvider(new Version());
        line.setUsageHelpWidth(USAGE_WIDTH);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        line.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, ShortHelp::options);
        line.setColorScheme(Help.defaultColorScheme(Ansi.OFF));
        return line;
    }
}
