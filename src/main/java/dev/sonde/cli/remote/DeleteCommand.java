package dev.sonde.cli.remote;

import dev.sonde.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `sonde delete`: deletes things of a server by name.
@Command(
        name = "delete",
        description = "Delete probes, listeners, certificates or sets of definitions.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sonde delete probes orders-db",
            "  sonde delete definitions cli"
        })
public final class DeleteCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "probes, listeners, certificates or definitions.")
    Kind kind = Kind.PROBES;

    @Parameters(index = "1..*", paramLabel = "NAME", arity = "1..*", description = "Their names.")
    List<String> names = List.of();

    @Mixin ServerOptions server = new ServerOptions();

    public DeleteCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Server asked = server.open(terminal)) {
            for (String name : names) {
                asked.delete(kind.path(name));
                terminal.line(name + " deleted");
            }
        }
        return 0;
    }
}
