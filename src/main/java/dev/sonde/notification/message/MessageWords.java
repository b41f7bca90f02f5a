package dev.sonde.notification.message;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Messages as sentences for people.
public final class MessageWords {

    private static final int LINES = 10;

    private MessageWords() {}

    /// One line that names the occasion.
    public static String title(Message message) {
        List<Entry> entries = message.entries();
        if (message.event() == MessageEvent.TEST) {
            return "Test message of Sonde to " + message.receiver();
        }
        if (entries.size() == 1) {
            return title(entries.getFirst(), message.event());
        }
        long down = entries.stream().filter(it -> it.state().equals("down")).count();
        long up = entries.stream().filter(it -> it.state().equals("up")).count();
        long degraded = entries.size() - down - up;
        StringBuilder title = new StringBuilder();
        add(title, down, "down");
        add(title, degraded, "degraded");
        add(title, up, "up");
        return title.toString();
    }

    private static void add(StringBuilder title, long number, String state) {
        if (number > 0) {
            title.append(title.isEmpty() ? "" : ", ")
                    .append(number)
                    .append(number == 1 ? " probe is " : " probes are ")
                    .append(state);
        }
    }

    private static String title(Entry entry, MessageEvent event) {
        String still = event == MessageEvent.REMINDED ? "still " : "";
        String by = entry.endedBy();
        if ("paused".equals(by) || "deleted".equals(by)) {
            return entry.probe() + " is " + by;
        }
        return entry.probe() + " is " + still + entry.state();
    }

    /// One sentence on an incident: its state, for how long and why.
    public static String line(Entry entry, Instant now) {
        String what = entry.probe() + " (" + entry.target() + ") ";
        String took = took(entry, now);
        String by = entry.endedBy();
        String reason = entry.reason() + (entry.detail() == null ? "" : ", " + entry.detail());
        if (by == null) {
            return "%sis %s since %s: %s".formatted(what, entry.state(), entry.from(), reason);
        }
        String was = entry.subject().equals(entry.id()) ? "down" : "degraded";
        return switch (by) {
            case "paused", "deleted" ->
                    "%sis %s; it was %s for %s: %s".formatted(what, by, was, took, reason);
            default ->
                    "%sis %s; it was %s for %s: %s"
                            .formatted(what, entry.state(), was, took, reason);
        };
    }

    /// Lines on the first incidents, and how many more there are.
    public static String text(Message message, Instant now) {
        StringBuilder text = new StringBuilder();
        List<Entry> entries = message.entries();
        entries.stream().limit(LINES).forEach(it -> text.append(line(it, now)).append('\n'));
        if (entries.size() > LINES) {
            text.append("and %d more\n".formatted(entries.size() - LINES));
        }
        if (message.suspect() != null) {
            text.append(SUSPECT).append('\n');
        }
        return text.toString().strip();
    }

    /// The sentence for a message with a suspect.
    public static final String SUSPECT =
            "More than half of all probes changed at once: Sonde's own network or name service may"
                    + " be the cause.";

    /// From begin to end or to now, as `1h2m3s`.
    static String took(Entry entry, Instant now) {
        Duration took = length(entry, now);
        StringBuilder text = new StringBuilder();
        add(text, took.toDays(), 'd');
        add(text, took.toHoursPart(), 'h');
        add(text, took.toMinutesPart(), 'm');
        if (took.toSecondsPart() > 0 || text.isEmpty()) {
            text.append(took.toSecondsPart()).append('s');
        }
        return text.toString();
    }

    private static void add(StringBuilder text, long number, char unit) {
        if (number > 0) {
            text.append(number).append(unit);
        }
    }

    /// From begin to end or to now; never negative.
    static Duration length(Entry entry, Instant now) {
        Instant to = entry.to();
        Duration took = Duration.between(entry.from(), to == null ? now : to);
        return took.isNegative() ? Duration.ZERO : took;
    }
}
