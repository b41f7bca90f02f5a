package dev.sonde.notification.receiver;

import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.MessageEvent;
import dev.sonde.notification.message.MessageValues;
import dev.sonde.notification.message.ServiceFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Values that a template has to survive: quotes, line ends, tags, and fields that are absent.
final class HostileValues {

    private static final String TEXT =
            "\"quoted\", 'single', back\\slash, \r\nline, tab\t, \u0000 nul, {{tag}}, </b> & \uD83D\uDD25"
                    + " \u2028 end";

    private static final Instant FROM = Instant.parse("2026-11-28T12:00:00Z");

    private static final List<Integer> NUMBERS = List.of(0, 1, 2, 12);

    private HostileValues() {}

    /// One context for each event and several numbers of incidents.
    static List<Map<String, Object>> all() {
        List<Map<String, Object>> all = new ArrayList<>();
        ServiceFacts service =
                new ServiceFacts(TEXT, TEXT, TEXT, "https://sonde.example", Duration.ZERO);
        for (MessageEvent event : MessageEvent.values()) {
            for (int number : NUMBERS) {
                for (Entry entry : List.of(full(), bare())) {
                    Message message =
                            new Message(
                                    "id",
                                    "receiver",
                                    event,
                                    Collections.nCopies(number, entry),
                                    number > 1 ? "own_network" : null,
                                    FROM);
                    all.add(new MessageValues(message, service, FROM).forTemplate());
                }
            }
        }
        return all;
    }

    private static Entry full() {
        return new Entry(
                "subject",
                "id",
                TEXT,
                TEXT,
                "up",
                FROM,
                FROM,
                "up",
                TEXT,
                TEXT,
                TEXT,
                Map.of("team", TEXT, TEXT, "value"),
                2);
    }

    private static Entry bare() {
        return new Entry(
                "id", "id", "p", "t:1", "down", FROM, null, null, null, "r", null, Map.of(), 1);
    }
}
