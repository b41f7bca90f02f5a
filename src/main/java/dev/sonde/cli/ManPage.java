package dev.sonde.cli;

import dev.sonde.cli.terminal.Terminal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// `sonde man`: the man page of all commands, in the macros of man(7). The build writes it, too.
@Command(name = "man", hidden = true, description = "Print the man page.")
final class ManPage implements Callable<Integer> {

    private static final String STATUS =
            """
            .SH EXIT STATUS
            0: all targets are up. 1: one is down. 2: none is down, one was not probed.
            3: the server cannot be reached, or refuses. 64: wrong usage.
            130: interrupted. 141: the reader of the output has gone.
            .SH ENVIRONMENT
            .TP
            .B SONDE_SERVER, SONDE_TOKEN
            The server that is asked, and the token for it.
            .TP
            .B SONDE_POLICY_TARGETS_DENY
            Addresses that are never connected to.
            .TP
            .B NO_COLOR, TERM
            NO_COLOR and TERM=dumb switch colours off.
            .SH FILES
            .TP
            .I ~/.config/sonde/context.properties
            server, and token or token-file.
            """;

    private final Terminal terminal;

    ManPage(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws Exception {
        terminal.print(of(CommandList.all(terminal), new Version().getVersion()[0]));
        return 0;
    }

    static String of(CommandLine all, String version) {
        StringBuilder page = new StringBuilder();
        page.append(".TH SONDE 1 \"\" \"").append(version).append("\" \"Sonde\"\n");
        page.append(".SH NAME\nsonde \\- ")
                .append(
                        escaped(
                                String.join(
                                        " ", all.getCommandSpec().usageMessage().description())))
                .append('\n');
        page.append(
                """
                .SH SYNOPSIS
                .B sonde
                .I COMMAND
                .RI [ OPTION ]...
                .SH COMMANDS
                """);
        for (Map.Entry<String, CommandLine> each : all.getSubcommands().entrySet()) {
            CommandSpec command = each.getValue().getCommandSpec();
            if (!command.usageMessage().hidden()) {
                add(page, each.getKey(), command);
            }
        }
        return page.append(STATUS).toString();
    }

    private static void add(StringBuilder page, String name, CommandSpec command) {
        page.append(".SS sonde ").append(name);
        for (PositionalParamSpec parameter : command.positionalParameters()) {
            page.append(' ').append(escaped(parameter.paramLabel()));
        }
        page.append('\n').append(text(command.usageMessage().description())).append('\n');
        for (OptionSpec option : command.options()) {
            page.append(".TP\n.B ").append(escaped(String.join(", ", option.names())));
            if (option.arity().max() > 0) {
                page.append(" \\fI").append(escaped(option.paramLabel())).append("\\fP");
            }
            page.append('\n').append(text(option.description())).append('\n');
        }
        page.append(".PP\n.nf\n");
        List.of(command.usageMessage().footer())
                .forEach(line -> page.append(text(new String[] {line})).append('\n'));
        page.append(".fi\n");
    }

    private static String text(String[] lines) {
        String text = escaped(String.join(" ", lines));
        return text.startsWith(".") || text.startsWith("'") ? "\\&" + text : text;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
