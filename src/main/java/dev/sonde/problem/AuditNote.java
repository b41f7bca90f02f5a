package dev.sonde.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeMap;

/// What a controller has to add to the audit log's line on its request, where status and path do
/// not say it.
public final class AuditNote {

    private static final String ATTRIBUTE = AuditNote.class.getName();

    private AuditNote() {}

    public static void add(HttpServletRequest request, String key, Object value) {
        Map<String, Object> notes = new TreeMap<>(of(request));
        notes.put(key, value);
        request.setAttribute(ATTRIBUTE, Map.copyOf(notes));
    }

    /// What was added to a request, by key.
    public static Map<String, Object> of(HttpServletRequest request) {
        Map<String, Object> notes = new TreeMap<>();
        if (request.getAttribute(ATTRIBUTE) instanceof Map<?, ?> known) {
            known.forEach((key, value) -> notes.put(key.toString(), value));
        }
        return notes;
    }
}
