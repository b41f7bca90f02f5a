package dev.sonde.cli.remote;

import dev.sonde.cli.terminal.Failure;
import dev.sonde.cli.terminal.Terminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `sonde events`: what happens at a server, as it happens.
@Command(
        name = "events",
        description = "Print what happens at a server, until Ctrl-C.",
        sortOptions = false,
        footer = {
            "",
            "Examples:",
            "  sonde events --type transition",
            "  sonde events --probe orders-db -o ndjson"
        })
public final class EventsCommand implements Callable<Integer> {

    /// The forms of the output.
    enum Form {
        TEXT,
        NDJSON
    }

    private static final String EVENT = "event:";
    private static final String DATA = "data:";

    private final Terminal terminal;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only result, transition or listener events.")
    @Nullable String type;

    @Option(names = "--probe", paramLabel = "NAME", description = "Only of this probe.")
    @Nullable String probe;

    @Option(names = "--listener", paramLabel = "NAME", description = "Only of this listener.")
    @Nullable String listener;

    @Option(
            names = "--count",
            paramLabel = "NUMBER",
            description = "End after so many events (default: at Ctrl-C).")
    long count = Long.MAX_VALUE;

    @Option(names = "-o", paramLabel = "FORM", description = "text or ndjson.")
    Form form = Form.TEXT;

    @Mixin ServerOptions server = new ServerOptions();

    public EventsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Server asked = server.open(terminal);
                BufferedReader lines =
                        new BufferedReader(
                                new InputStreamReader(
                                        asked.stream("/api/v1/events" + query()),
                                        StandardCharsets.UTF_8))) {
            follow(lines);
        } catch (IOException e) {
            throw new Failure(
                    Failure.SERVER, "The stream has ended: %s.".formatted(e.getMessage()));
        }
        return 0;
    }

    private void follow(BufferedReader lines) throws IOException {
        String event = "";
        long seen = 0;
        for (String line = lines.readLine();
                line != null && seen < count;
                line = lines.readLine()) {
            if (line.startsWith(EVENT)) {
                event = line.substring(EVENT.length()).strip();
            } else if (line.startsWith(DATA)) {
                print(event, line.substring(DATA.length()).strip());
                terminal.flush();
                seen++;
                if (seen == count) {
                    return;
                }
            }
        }
    }

    private String query() {
        List<String> parts = new ArrayList<>();
        add(parts, "type", type);
        add(parts, "probe", probe);
        add(parts, "listener", listener);
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static void add(List<String> parts, String name, @Nullable String value) {
        if (value != null) {
            parts.add(name + "=" + Server.encoded(value));
        }
    }

    private void print(String event, String data) {
        if (form == Form.NDJSON) {
            terminal.line("{\"event\":\"" + event + "\",\"data\":" + data + "}");
            return;
        }
        JsonNode read = Server.MAPPER.readTree(data);
        String words =
                switch (event) {
                    case "result" ->
                            "%s  %s  %s  %s"
                                    .formatted(
                                            Server.text(read, "startedAt"),
                                            or(
                                                    Server.text(read, "probe"),
                                                    Server.text(read, "target")),
                                            Server.text(read, "reason").replace('_', ' '),
                                            Server.text(read, "detail"));
                    case "transition" ->
                            "%s  %s  %s -> %s  %s"
                                    .formatted(
                                            Server.text(read, "at"),
                                            Server.text(read, "probe"),
                                            Server.text(read, "from"),
                                            Server.text(read, "to").toUpperCase(Locale.ROOT),
                                            Server.text(read.path("cause"), "reason"));
                    case "listener" ->
                            "%s  %s  %s  %s"
                                    .formatted(
                                            Server.text(read, "at"),
                                            Server.text(read, "listener"),
                                            Server.text(read, "event").replace('_', ' '),
                                            or(
                                                    Server.text(read, "remoteAddress"),
                                                    Server.text(read, "address")));
                    default -> event + "  " + data;
                };
        terminal.line(words.stripTrailing());
    }

    private static String or(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
