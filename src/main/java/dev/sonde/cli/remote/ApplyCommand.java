package dev.sonde.cli.remote;

import dev.sonde.cli.terminal.Colour;
import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `sonde apply`: makes a set of definitions what a file says.
@Command(
        name = "apply",
        description = "Make a set of definitions what a file says.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sonde apply -f probes.yaml --dry-run",
            "  sonde apply -f probes.yaml --set payments",
            "  kustomize build | sonde apply -f -"
        })
public final class ApplyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "-f",
            required = true,
            paramLabel = "FILE",
            description = "Definitions in YAML or JSON; - is standard input.")
    String file = "";

    @Option(
            names = "--set",
            paramLabel = "NAME",
            defaultValue = "cli",
            description = "The set that owns them (default: cli).")
    String set = "cli";

    @Option(names = "--dry-run", description = "Print the difference and change nothing.")
    boolean isDry;

    @Mixin ServerOptions server = new ServerOptions();

    public ApplyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        String document = read();
        JsonNode answer = put(document);
        answer.path("created").forEach(name -> line(Colour.GREEN, "+ " + name.asString("")));
        answer.path("changed").forEach(this::changed);
        answer.path("deleted").forEach(name -> line(Colour.RED, "- " + name.asString("")));
        terminal.line(
                "%s%d created, %d changed, %d deleted, %d unchanged"
                        .formatted(
                                isDry ? "would be: " : "",
                                answer.path("created").size(),
                                answer.path("changed").size(),
                                answer.path("deleted").size(),
                                answer.path("unchanged").asInt(0)));
        return 0;
    }

    private JsonNode put(String document) {
        String path = Kind.DEFINITIONS.path(set) + (isDry ? "?dryRun=true" : "");
        try (Server asked = server.open(terminal)) {
            return asked.put(path, document, "application/yaml");
        }
    }

    private void changed(JsonNode each) {
        StringBuilder fields = new StringBuilder();
        each.path("fields")
                .forEach(f -> fields.append(fields.isEmpty() ? "" : ", ").append(f.asString("")));
        line(Colour.YELLOW, "~ " + Server.text(each, "name") + "  " + fields);
    }

    private void line(Colour colour, String text) {
        terminal.line(terminal.in(colour, text));
    }

    /// JSON is YAML, so one media type does.
    private String read() {
        try {
            return file.equals("-")
                    ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (IOException | IllegalArgumentException _) {
            throw Failure.usage("The file \"%s\" cannot be read.".formatted(file));
        }
    }
}
