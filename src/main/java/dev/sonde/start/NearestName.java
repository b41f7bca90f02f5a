package dev.sonde.start;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// The known name that is nearest to a wrong one.
final class NearestName {

    /// A common last element counts as much as this many equal characters.
    private static final int LAST_ELEMENT = 4;

    private NearestName() {}

    /// The name with the fewest edits between it and the wrong one; the first of several.
    static String of(String wrong, Collection<String> known) {
        String flat = flat(wrong);
        return known.stream()
                .min(Comparator.comparingInt(name -> distance(flat, flat(name))))
                .orElseThrow();
    }

    /// Case, and the kind of separator, are no edits.
    private static String flat(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    private static int distance(String wrong, String known) {
        boolean sameEnd = lastElement(wrong).equals(lastElement(known));
        return edits(wrong, known) - (sameEnd ? LAST_ELEMENT : 0);
    }

    private static String lastElement(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /// The Levenshtein distance.
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }
}
