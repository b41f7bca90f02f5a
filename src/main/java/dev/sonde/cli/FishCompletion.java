package dev.sonde.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The completion of a command line for fish, which picocli does not write.
final class FishCompletion {

    private FishCompletion() {}

    static String of(CommandLine line) {
        StringBuilder script = new StringBuilder("complete -c sonde -f\n");
        for (Map.Entry<String, CommandLine> each : line.getSubcommands().entrySet()) {
            CommandSpec command = each.getValue().getCommandSpec();
            script.append(
                    "complete -c sonde -n __fish_use_subcommand -a %s -d %s\n"
                            .formatted(
                                    each.getKey(),
                                    quoted(first(command.usageMessage().description()))));
            command.options().forEach(option -> add(script, each.getKey(), option));
        }
        return script.toString();
    }

    private static void add(StringBuilder script, String command, OptionSpec option) {
        script.append("complete -c sonde -n '__fish_seen_subcommand_from ")
                .append(command)
                .append('\'');
        for (String name : option.names()) {
            boolean isLong = name.startsWith("--");
            script.append(isLong ? " -l " : " -s ").append(name.substring(isLong ? 2 : 1));
        }
        if (option.arity().max() > 0) {
            script.append(" -r").append(values(option.completionCandidates()));
        }
        script.append(" -d ").append(quoted(first(option.description()))).append('\n');
    }

    private static String values(@Nullable Iterable<String> known) {
        return known == null || !known.iterator().hasNext()
                ? ""
                : " -a " + quoted(String.join(" ", known));
    }

    private static String first(String[] description) {
        return description.length == 0 ? "" : description[0];
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
