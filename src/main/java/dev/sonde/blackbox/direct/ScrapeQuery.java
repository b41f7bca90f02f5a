package dev.sonde.blackbox.direct;

import org.jspecify.annotations.Nullable;

/// The usual query of a scrape: a module and a target, each once, in printable ASCII.
record ScrapeQuery(String module, String target) {

    private static final String AS_THEY_ARE = "-._~:/[]*";
    private static final String MODULE = "module=";
    private static final String TARGET = "target=";

    /// Reads a query.
    ///
    /// @return null for a query of another form
    static @Nullable ScrapeQuery of(String query) {
        int between = query.indexOf('&');
        if (between < 0) {
            return null;
        }
        String first = query.substring(0, between);
        String second = query.substring(between + 1);
        return first.startsWith(MODULE) ? of(first, second) : of(second, first);
    }

    private static @Nullable ScrapeQuery of(String module, String target) {
        if (!module.startsWith(MODULE) || !target.startsWith(TARGET)) {
            return null;
        }
        String named = decoded(module.substring(MODULE.length()));
        String probed = decoded(target.substring(TARGET.length()));
        return named == null || probed == null ? null : new ScrapeQuery(named, probed);
    }

    /// Reads a value.
    ///
    /// @return null for an empty value and for one that the server might read in another way
    private static @Nullable String decoded(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%') {
                int code = i + 2 < value.length() ? code(value, i + 1) : -1;
                if (code <= ' ' || code > '~') {
                    return null;
                }
                text.append((char) code);
                i += 2;
            } else if (isPlain(c)) {
                text.append(c);
            } else {
                return null;
            }
        }
        return text.isEmpty() ? null : text.toString();
    }

    private static int code(String value, int at) {
        int high = Character.digit(value.charAt(at), 16);
        int low = Character.digit(value.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : 16 * high + low;
    }

    private static boolean isPlain(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || AS_THEY_ARE.indexOf(c) >= 0;
    }
}
