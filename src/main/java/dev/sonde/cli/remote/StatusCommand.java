package dev.sonde.cli.remote;

import dev.sonde.cli.terminal.Colour;
import dev.sonde.cli.terminal.Columns;
import dev.sonde.cli.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `sonde status`: what is down, since when, and why.
@Command(
        name = "status",
        description = "Show what is down at a server, since when and why.",
        sortOptions = false,
        footer = {
            "",
            "Exit status: 0 nothing is down, 1 a probe is down, 3 the server cannot be asked.",
            "",
            "Examples:",
            "  sonde status",
            "  sonde status --label team=payments --server https://sonde.example"
        })
public final class StatusCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--label",
            paramLabel = "KEY=VALUE",
            description = "Only probes with this label.")
    List<String> labels = List.of();

    @Option(names = "--all", description = "Print probes that are up, too.")
    boolean isAll;

    @Mixin ServerOptions server = new ServerOptions();

    public StatusCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<JsonNode> probes = probes();
        Columns columns = new Columns();
        List<JsonNode> shown = probes.stream().filter(probe -> isAll || !is(probe, "up")).toList();
        shown.stream().filter(probe -> is(probe, "down")).forEach(probe -> row(columns, probe));
        shown.stream().filter(probe -> !is(probe, "down")).forEach(probe -> row(columns, probe));
        columns.lines().forEach(terminal::line);
        long down = count(probes, "down");
        terminal.line(
                "%s, %d up, %d of %d probes in another state"
                        .formatted(
                                terminal.in(down > 0 ? Colour.RED : Colour.GREEN, down + " down"),
                                count(probes, "up"),
                                probes.size() - down - count(probes, "up"),
                                probes.size()));
        return down > 0 ? 1 : 0;
    }

    private List<JsonNode> probes() {
        try (Server asked = server.open(terminal)) {
            return asked.all("/api/v1/probes" + query());
        }
    }

    private String query() {
        return labels.isEmpty()
                ? ""
                : "?"
                        + String.join(
                                "&",
                                labels.stream().map(l -> "label=" + Server.encoded(l)).toList());
    }

    private static void row(Columns columns, JsonNode probe) {
        JsonNode last = probe.path("last");
        String missed = missed(last);
        columns.row(
                Server.text(probe, "name"),
                Server.text(probe, "target"),
                Server.text(probe, "state"),
                "since " + Age.since(Server.text(probe, "stateSince")),
                missed.isEmpty() ? Server.text(last, "reason").replace('_', ' ') : "",
                missed.isEmpty() ? Server.text(last, "detail") : missed);
    }

    /// The conditions that a result missed, in words; empty without any.
    private static String missed(JsonNode last) {
        List<String> missed = new ArrayList<>();
        for (JsonNode each : last.path("unmet")) {
            missed.add(
                    "%s is %s, expected %s"
                            .formatted(
                                    Server.text(each, "condition"),
                                    each.path("found").asString("not measured"),
                                    Server.text(each, "expected")));
        }
        return String.join("; ", missed);
    }

    private static long count(List<JsonNode> probes, String state) {
        return probes.stream().filter(probe -> is(probe, state)).count();
    }

    private static boolean is(JsonNode probe, String state) {
        return Server.text(probe, "state").equals(state);
    }
}
