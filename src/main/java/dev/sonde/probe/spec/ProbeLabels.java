package dev.sonde.probe.spec;

import java.util.Map;
import java.util.regex.Pattern;

/// The labels that a probe or a listener may have: keys as Prometheus has them, few and short.
public final class ProbeLabels {

    static final int MOST = 32;
    static final int LONGEST_KEY = 63;
    static final int LONGEST_VALUE = 255;
    private static final Pattern KEY = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private ProbeLabels() {}

    /// Refuses labels that may not be.
    ///
    /// @throws IllegalArgumentException with a sentence for the person who wrote them
    public static Map<String, String> requireValid(Map<String, String> labels) {
        if (labels.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " labels, not " + labels.size());
        }
        labels.forEach(ProbeLabels::requireValid);
        return Map.copyOf(labels);
    }

    private static void requireValid(String key, String value) {
        if (key.length() > LONGEST_KEY || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    "a label's key is 1 to 63 letters, digits and \"_\" and does not start with a"
                            + " digit, not \""
                            + Excerpt.of(key)
                            + "\"");
        }
        if (key.startsWith("__")) {
            throw new IllegalArgumentException(
                    "label keys that start with \"__\" are Prometheus's own: \""
                            + Excerpt.of(key)
                            + "\"");
        }
        boolean printable = isPrintable(value);
        if (value.length() > LONGEST_VALUE || !printable) {
            throw new IllegalArgumentException(
                    "the value of label \""
                            + key
                            + "\" has at most "
                            + LONGEST_VALUE
                            + " characters and no control characters");
        }
    }

    private static boolean isPrintable(String value) {
        for (int i = 0; i < value.length(); i++) {
            if (Character.isISOControl(value.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
