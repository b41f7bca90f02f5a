package dev.sonde.dialogue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// RE2 patterns of a bounded size.
final class Patterns {

    static final int LONGEST = 1_000;

    /// Instructions; a repetition of repetitions can expand to very many.
    private static final int LARGEST_PROGRAM = 10_000;

    private Patterns() {}

    /// Requires a pattern, where there is one.
    static void check(String field, @Nullable String pattern) {
        if (pattern != null) {
            var _ = compile(field, pattern);
        }
    }

    static Pattern compile(String field, String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            throw new InvalidDialogueException(
                    field, "a pattern of 1 to " + LONGEST + " characters");
        }
        try {
            Pattern pattern = Pattern.compile(text);
            if (pattern.programSize() <= LARGEST_PROGRAM) {
                return pattern;
            }
        } catch (PatternSyntaxException e) {
            throw new InvalidDialogueException(field, "not an RE2 pattern: " + e.getDescription());
        }
        throw new InvalidDialogueException(field, "the pattern repeats too much");
    }
}
