package dev.sonde.dialogue;

import com.google.re2j.Matcher;
import java.util.HashMap;
import java.util.Map;

/// The text of the groups of patterns in one run of a dialogue. Not thread-safe.
final class Captures {

    private static final byte[] NOTHING = new byte[0];

    private byte[][] numbered = {};
    private final Map<String, byte[]> named = new HashMap<>();

    /// Takes over a match, whose numbered groups replace those of the one before.
    void take(Matcher match, Utf8Text text) {
        numbered = new byte[match.groupCount() + 1][];
        for (int i = 0; i < numbered.length; i++) {
            int start = match.start(i);
            numbered[i] = start < 0 ? NOTHING : text.bytes(start, match.end(i));
        }
        match.pattern().namedGroups().forEach((name, group) -> named.put(name, numbered[group]));
    }

    /// Empty where there is no such group.
    byte[] group(int number) {
        return number < numbered.length ? numbered[number] : NOTHING;
    }

    byte[] group(String name) {
        return named.getOrDefault(name, NOTHING);
    }
}
