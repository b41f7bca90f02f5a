package dev.sonde.cli.local;

import dev.sonde.cli.terminal.Terminal;
import dev.sonde.listen.spec.ConnectionCounts;
import dev.sonde.listen.spec.ListenerChange;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.probe.spec.AddressText;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The events of a listener, one line each. For one thread.
final class ListenerLines {

    /// The forms of the output.
    enum Form {
        TEXT,
        NDJSON
    }

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT);

    private final Terminal terminal;
    private final Form form;

    ListenerLines(Terminal terminal, Form form) {
        this.terminal = terminal;
        this.form = form;
    }

    /// Whether nothing can follow.
    static boolean isLast(ListenerEvent event) {
        return event instanceof ListenerEvent.Changed changed
                && changed.change() == ListenerChange.EXPIRED;
    }

    void opened(ListenerSpec spec, ListenerStatus status) {
        InetSocketAddress address = status.address();
        String where = address == null ? "nothing" : AddressText.of(address);
        write(
                Instant.now(),
                "listening",
                Map.of("address", where, "behaviour", spec.behaviour().type()),
                "on %s (%s)".formatted(where, spec.behaviour().type()));
    }

    void event(ListenerEvent event) {
        switch (event) {
            case ListenerEvent.Accepted accepted ->
                    write(
                            accepted.at(),
                            "accepted",
                            fields(accepted.connection(), accepted.remote()),
                            "#%d from %s"
                                    .formatted(
                                            accepted.connection(),
                                            AddressText.of(accepted.remote())));
            case ListenerEvent.Rejected rejected ->
                    write(
                            rejected.at(),
                            "rejected",
                            Map.of("remoteAddress", AddressText.of(rejected.remote())),
                            AddressText.of(rejected.remote()) + ": the limit of connections");
            case ListenerEvent.Ended ended -> ended(ended);
            case ListenerEvent.Changed changed -> changed(changed);
        }
    }

    private void ended(ListenerEvent.Ended ended) {
        Map<String, Object> fields = fields(ended.connection(), ended.remote());
        String end = ended.end().label();
        fields.put("end", end);
        fields.put("bytesIn", ended.bytesIn());
        fields.put("bytesOut", ended.bytesOut());
        write(
                ended.at(),
                "ended",
                fields,
                "#%d %s, %d bytes in, %d bytes out"
                        .formatted(
                                ended.connection(),
                                end.replace('_', ' '),
                                ended.bytesIn(),
                                ended.bytesOut()));
    }

    private void changed(ListenerEvent.Changed changed) {
        if (changed.change() != ListenerChange.OPENED) {
            String word = changed.change().label();
            write(
                    changed.at(),
                    word,
                    Map.of(),
                    changed.problem() == null ? "" : changed.problem().label());
        }
    }

    /// The counts, at the end.
    void ended(ListenerStatus status) {
        ConnectionCounts counts = status.connections();
        ListenerStatus.Queue queue = status.queue();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("accepted", counts.accepted());
        fields.put("rejected", counts.rejected());
        add(fields, "acceptQueue", queue == null ? null : queue.length());
        add(fields, "drops", queue == null ? null : queue.drops());
        StringBuilder words = new StringBuilder();
        fields.forEach(
                (name, value) ->
                        words.append(words.isEmpty() ? "" : ", ")
                                .append(name)
                                .append(' ')
                                .append(value));
        write(Instant.now(), "closed", fields, words.toString());
    }

    private static void add(Map<String, Object> fields, String name, @Nullable Long value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static Map<String, Object> fields(long connection, InetSocketAddress remote) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("connection", connection);
        fields.put("remoteAddress", AddressText.of(remote));
        return fields;
    }

    private void write(Instant at, String event, Map<String, Object> fields, String words) {
        if (form == Form.NDJSON) {
            Map<String, Object> whole = new LinkedHashMap<>();
            whole.put("at", at.toString());
            whole.put("event", event);
            whole.putAll(fields);
            terminal.line(Json.MAPPER.writeValueAsString(whole));
        } else {
            String time = TIME.format(at.atZone(ZoneId.systemDefault()));
            terminal.line("%s  %-9s  %s".formatted(time, event, words).stripTrailing());
        }
    }
}
