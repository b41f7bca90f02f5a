package dev.sonde.cli;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options of a help. `--help` fits a screen and leaves seldom used settings out. `--help-all`
/// and the man page have all options.
final class ShortHelp {

    private static final String ALL = "--help-all";

    private static final Set<String> SELDOM =
            Set.of(
                    "--addresses",
                    "--allow",
                    "--alpn",
                    "--ask",
                    "--ask-port",
                    "--cert",
                    "--close",
                    "--family",
                    "--flood",
                    "--hold",
                    "--key",
                    "--module",
                    "--observe",
                    "--observe-send",
                    "--path",
                    "--server-name",
                    "--settings",
                    "--source",
                    "--stagger",
                    "--tls-max",
                    "--tls-min",
                    "--trust",
                    "--version");

    private ShortHelp() {}

    /// Adds the options that every command has. A command without others needs no second help.
    static void addTo(CommandSpec command) {
        if (!command.options().isEmpty()) {
            command.addOption(
                    OptionSpec.builder(ALL)
                            .usageHelp(true)
                            .description("Print the help with every option.")
                            .build());
        }
        command.addOption(
                OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Print this help.")
                        .build());
        command.addOption(
                OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Print the version.")
                        .build());
    }

    /// The section of options in the help that was asked for.
    static String options(Help help) {
        CommandSpec command = help.commandSpec();
        OptionSpec all = command.findOption(ALL);
        boolean isWhole = all == null || Boolean.TRUE.equals(all.getValue());
        List<OptionSpec> shown =
                command.options().stream()
                        .filter(option -> isWhole || !SELDOM.contains(option.longestName()))
                        .toList();
        return help.optionListExcludingGroups(shown);
    }
}
