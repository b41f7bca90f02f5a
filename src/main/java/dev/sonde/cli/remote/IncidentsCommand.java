package dev.sonde.cli.remote;

import dev.sonde.cli.terminal.Columns;
import dev.sonde.cli.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `sonde incidents`: the times for which probes were down.
@Command(
        name = "incidents",
        description = "Show the times for which probes were down, the newest first.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sonde incidents",
            "  sonde incidents --since -7d --probe orders-db"
        })
public final class IncidentsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "-24h",
            description = "RFC 3339, a date, or from now on such as -7d (default: -24h).")
    String since = "-24h";

    @Option(names = "--open", description = "Only those that have not ended.")
    boolean isOpen;

    @Option(names = "--probe", paramLabel = "NAME", description = "Only of this probe.")
    @Nullable String probe;

    @Mixin ServerOptions server = new ServerOptions();

    public IncidentsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String query =
                "?since="
                        + Server.encoded(since)
                        + (isOpen ? "&state=open" : "")
                        + (probe == null ? "" : "&probe=" + Server.encoded(probe));
        List<JsonNode> incidents;
        try (Server asked = server.open(terminal)) {
            incidents = asked.all("/api/v1/incidents" + query);
        }
        Columns columns = new Columns();
        for (JsonNode each : incidents) {
            String to = Server.text(each, "to");
            columns.row(
                    Server.text(each, "from"),
                    Server.text(each, "probe"),
                    (to.isEmpty() ? "open " : "")
                            + Age.of(Duration.ofSeconds(each.path("tookSeconds").asLong(0))),
                    Server.text(each, "reason").replace('_', ' '),
                    Server.text(each, "detail"));
        }
        columns.lines().forEach(terminal::line);
        terminal.line(incidents.size() + (incidents.size() == 1 ? " incident" : " incidents"));
        return 0;
    }
}
