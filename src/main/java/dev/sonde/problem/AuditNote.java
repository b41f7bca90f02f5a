package dev.sonde.problem;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeMap;

/// A controller's addition to the audit log's line on its request, for facts that status and path
/// do not say.
public final class AuditNote {

    private static final String ATTRIBUTE = AuditNote.class.getName();

    private AuditNote() {}

    public static void add(HttpServletRequest request, String key, Object value) {
        Map<String, Object> notes = new TreeMap<>(of(request));
        notes.put(key, value);
        request.setAttribute(ATTRIBUTE, Map.copyOf(notes));
    }

    /// The additions to a request, by key.
    public static Map<String, Object> of(HttpServletRequest request) {
        Map<String, Object> notes = new TreeMap<>();
        if (request.getAttribute(ATTRIBUTE) instanceof Map<?, ?> known) {
            known.forEach((key, value) -> notes.put(key.toString(), value));
        }
        return notes;
    }
}
