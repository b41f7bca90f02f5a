package dev.sonde.api.probe;

import java.util.List;
import java.util.Locale;

/// A text in which each `*` matches any text; case does not matter. A match takes one pass.
///
/// @param parts the texts between the stars
record Wildcard(List<String> parts) {

    Wildcard {
        parts = List.copyOf(parts);
    }

    static Wildcard of(String text) {
        return new Wildcard(List.of(text.toLowerCase(Locale.ROOT).split("\\*", -1)));
    }

    boolean matches(String given) {
        String text = given.toLowerCase(Locale.ROOT);
        String first = parts.getFirst();
        String last = parts.getLast();
        if (parts.size() == 1) {
            return text.equals(first);
        }
        if (!text.startsWith(first)) {
            return false;
        }
        int place = first.length();
        for (String part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, place);
            if (found < 0) {
                return false;
            }
            place = found + part.length();
        }
        return text.length() - last.length() >= place && text.endsWith(last);
    }
}
