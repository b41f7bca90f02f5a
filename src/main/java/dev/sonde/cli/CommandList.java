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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/// All commands by name. Only the one that is asked for is made: reading the options of all would
/// cost every command a tenth of a second.
final class CommandList {

    private static final int USAGE_WIDTH = 80;

    private static final Set<String> LOCAL = Set.of("check", "sweep", "watch", "listen");
    private static final Map<String, Function<Terminal, Object>> COMMANDS = commands();

    private CommandList() {}

    private static Map<String, Function<Terminal, Object>> commands() {
        Map<String, Function<Terminal, Object>> all = new LinkedHashMap<>();
        all.put("check", CheckCommand::new);
        all.put("sweep", SweepCommand::new);
        all.put("watch", WatchCommand::new);
        all.put("listen", ListenCommand::new);
        all.put("convert", ConvertCommand::new);
        all.put("status", StatusCommand::new);
        all.put("get", GetCommand::new);
        all.put("apply", ApplyCommand::new);
        all.put("delete", DeleteCommand::new);
        all.put("events", EventsCommand::new);
        all.put("incidents", IncidentsCommand::new);
        all.put("token", TokenCommand::new);
        all.put("completion", CompletionCommand::new);
        all.put("man", ManPage::new);
        return all;
    }

    /// Whether a command probes or listens from this process.
    static boolean isLocal(String name) {
        return LOCAL.contains(name);
    }

    /// The command line for a first word: with this command only, or with all.
    static CommandLine line(String first, Terminal terminal) {
        return COMMANDS.containsKey(first) ? only(first, terminal) : all(terminal);
    }

    /// With every command, as help and completion need it.
    static CommandLine all(Terminal terminal) {
        CommandLine root = root();
        COMMANDS.keySet().forEach(name -> add(root, name, terminal));
        return root;
    }

    private static CommandLine only(String name, Terminal terminal) {
        CommandLine root = root();
        add(root, name, terminal);
        return root;
    }

    private static CommandLine root() {
        return prepared(new CommandLine(new Root()));
    }

    private static void add(CommandLine root, String name, Terminal terminal) {
        Object command = Objects.requireNonNull(COMMANDS.get(name)).apply(terminal);
        root.addSubcommand(name, prepared(new CommandLine(command)));
    }

    private static CommandLine prepared(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getCommandSpec().versionProvider(new Version());
        line.setUsageHelpWidth(USAGE_WIDTH);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.getCommandSpec().usageMessage().abbreviateSynopsis(true);
        line.getHelpSectionMap().put(SECTION_KEY_OPTION_LIST, ShortHelp::options);
        line.setColorScheme(Help.defaultColorScheme(Ansi.OFF));
        return line;
    }
}
