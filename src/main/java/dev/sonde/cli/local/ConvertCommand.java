package dev.sonde.cli.local;

import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.conversion.Conversion;
import dev.sonde.conversion.Converter;
import dev.sonde.conversion.ForeignTool;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `sonde convert`: definitions of another tool as a document of definitions.
@Command(
        name = "convert",
        description = "Convert definitions of another tool to a document for apply.",
        sortOptions = false,
        footer = {
            "",
            "Parts that cannot be carried over are in comments, and in messages.",
            "",
            "Examples:",
            "  sonde convert gatus gatus.yaml > probes.yaml",
            "  sonde convert blackbox prometheus.yml | sonde apply -f - --dry-run"
        })
public final class ConvertCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "TOOL", description = "blackbox, gatus or uptime-kuma.")
    String tool = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "Its definitions.")
    String file = "";

    public ConvertCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        ForeignTool origin =
                ForeignTool.of(tool)
                        .orElseThrow(
                                () ->
                                        Failure.usage(
                                                "A tool is one of %s, not \"%s\"."
                                                        .formatted(
                                                                String.join(
                                                                        ", ", ForeignTool.words()),
                                                                tool)));
        Conversion converted = converted(origin, Json.file(file));
        terminal.print(converted.yaml());
        converted
                .skipped()
                .forEach(
                        each ->
                                terminal.message(
                                        "skipped %s: %s".formatted(each.what(), each.reason())));
        return 0;
    }

    private Conversion converted(ForeignTool origin, String text) {
        try {
            return Converter.alone().convert(origin, text);
        } catch (IllegalArgumentException e) {
            throw Failure.usage("\"%s\": %s.".formatted(file, e.getMessage()));
        }
    }
}
