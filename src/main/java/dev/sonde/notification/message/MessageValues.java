package dev.sonde.notification.message;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a message: maps, lists, strings and numbers, and nothing else.
public final class MessageValues {

    private static final int FIRST = 10;
    private static final int SHORT = 1_800;
    private static final int SHORT_TITLE = 200;
    private static final String YES = "yes";

    private final Message message;
    private final ServiceFacts service;
    private final Instant now;

    public MessageValues(Message message, ServiceFacts service, Instant now) {
        this.message = message;
        this.service = service;
        this.now = now;
    }

    /// The fields of the usual body.
    public Map<String, Object> body() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("event", message.event().label());
        body.put("number", message.number());
        body.put("sentAt", text(now));
        body.put("service", serviceFields());
        body.put("grouped", message.entries().size());
        put(body, "suspect", message.suspect());
        body.put("incidents", message.entries().stream().map(this::incident).toList());
        return body;
    }

    /// The same with further fields that make a template short.
    public Map<String, Object> forTemplate() {
        Map<String, Object> all = body();
        List<Map<String, Object>> incidents = new ArrayList<>();
        for (Entry entry : message.entries()) {
            Map<String, Object> one = incident(entry);
            one.put("line", MessageWords.line(entry, now));
            one.put("took", MessageWords.took(entry, now));
            one.put("severity", entry.labels().getOrDefault("severity", "critical"));
            one.put(entry.state(), YES);
            List<Map<String, String>> labels = new ArrayList<>();
            entry.labels()
                    .forEach((name, value) -> labels.add(Map.of("name", name, "value", value)));
            one.put("labelList", labels);
            incidents.add(one);
        }
        all.put("incidents", incidents);
        all.put("first", incidents.stream().limit(FIRST).toList());
        if (incidents.size() > FIRST) {
            all.put("more", incidents.size() - FIRST);
        }
        all.put("delivery", message.id());
        all.put("receiver", message.receiver());
        all.put("title", shorter(MessageWords.title(message), SHORT_TITLE));
        String text = MessageWords.text(message, now);
        all.put("text", text);
        all.put("short", shorter(text, SHORT));
        all.put(message.event().name().toLowerCase(Locale.ROOT), YES);
        return all;
    }

    /// Chat servers refuse a text that is too long.
    private static String shorter(String text, int longest) {
        return text.codePointCount(0, text.length()) <= longest
                ? text
                : text.substring(0, text.offsetByCodePoints(0, longest)) + "...";
    }

    private Map<String, Object> serviceFields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", service.name());
        fields.put("version", service.version());
        fields.put("replica", service.replica());
        fields.put("url", service.url());
        return fields;
    }

    private Map<String, Object> incident(Entry entry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", entry.id());
        fields.put("probe", entry.probe());
        fields.put("target", entry.target());
        fields.put("state", entry.state());
        fields.put("from", text(entry.from()));
        if (entry.to() != null) {
            fields.put("to", text(entry.to()));
        }
        put(fields, "endedBy", entry.endedBy());
        fields.put("tookSeconds", MessageWords.length(entry, now).toSeconds());
        put(fields, "phase", entry.phase());
        fields.put("reason", entry.reason());
        put(fields, "detail", entry.detail());
        fields.put("labels", entry.labels());
        fields.put("number", entry.number());
        fields.put("url", service.pageOf(entry.probe()));
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static String text(Instant at) {
        return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
