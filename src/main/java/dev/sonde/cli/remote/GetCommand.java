package dev.sonde.cli.remote;

import dev.sonde.cli.terminal.Columns;
import dev.sonde.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;

/// `sonde get`: the objects of a server.
@Command(
        name = "get",
        description = "Show probes, listeners, certificates or sets of definitions.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sonde get probes",
            "  sonde get probes orders-db -o yaml",
            "  sonde get definitions cli -o yaml > probes.yaml"
        })
public final class GetCommand implements Callable<Integer> {

    /// The forms of the output.
    enum Form {
        TEXT,
        JSON,
        YAML
    }

    private final Terminal terminal;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "probes, listeners, certificates or definitions.")
    Kind kind = Kind.PROBES;

    @Parameters(index = "1", paramLabel = "NAME", arity = "0..1", description = "One of them.")
    @Nullable String name;

    @Option(names = "-o", paramLabel = "FORM", description = "text, json or yaml.")
    @Nullable Form form;

    @Mixin ServerOptions server = new ServerOptions();

    public GetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Server asked = server.open(terminal)) {
            print(asked);
        }
        return 0;
    }

    private void print(Server asked) {
        Form wanted = form == null ? (name == null ? Form.TEXT : Form.YAML) : form;
        String path = name == null ? kind.path() : kind.path(name);
        switch (wanted) {
            case YAML -> terminal.print(asked.text(path, "application/yaml"));
            case JSON ->
                    terminal.line(
                            Server.MAPPER
                                    .writer(SerializationFeature.INDENT_OUTPUT)
                                    .writeValueAsString(
                                            name == null ? asked.all(path) : asked.get(path)));
            case TEXT -> table(name == null ? asked.all(path) : List.of(asked.get(path)));
        }
    }

    private void table(List<JsonNode> items) {
        Columns columns = new Columns();
        for (JsonNode item : items) {
            columns.row(
                    Server.text(item, "name"),
                    first(item, "target", "address", "kind"),
                    Server.text(item, "state"),
                    first(item, "source", "notAfter"));
        }
        columns.lines().forEach(terminal::line);
    }

    private static String first(JsonNode item, String... fields) {
        for (String field : fields) {
            String text = Server.text(item, field);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "-";
    }
}
