package dev.sonde.probe.finding;

import dev.sonde.probe.spec.Phase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The outcome of a dialogue.
///
/// @param steps how many it has
/// @param step the step at which it stopped, from 1; absent when all were done
/// @param labels text of the named groups, each cut after [#LONGEST_LABEL] characters
/// @param sentBytes payload that our kernel took
/// @param receivedBytes payload that was read
/// @param mismatch the pattern that the peer's answer did not match; absent if it matched or none
///     came
/// @param outline the first steps in words, without anything that is sent; empty in results of an
///     earlier version
public record DialogueReport(
        int steps,
        @Nullable Integer step,
        Map<String, String> labels,
        long sentBytes,
        long receivedBytes,
        @Nullable Mismatch mismatch,
        List<String> outline)
        implements StepReport {

    public static final int LONGEST_LABEL = 1_024;

    /// The expectation that an answer did not meet.
    public enum Mismatch {
        /// `expect` did not match before the peer's end or a full buffer, or `reject` matched.
        PATTERN,
        /// The data were not `expectBytes`.
        BYTES
    }

    /// A dialogue of which no step is named.
    public DialogueReport(
            int steps,
            @Nullable Integer step,
            Map<String, String> labels,
            long sentBytes,
            long receivedBytes,
            @Nullable Mismatch mismatch) {
        this(steps, step, labels, sentBytes, receivedBytes, mismatch, List.of());
    }

    public DialogueReport {
        outline = outline == null ? List.of() : List.copyOf(outline);
        Map<String, String> cut = new LinkedHashMap<>();
        labels.forEach((name, value) -> cut.put(name, cut(value)));
        labels = Map.copyOf(cut);
    }

    private static String cut(String value) {
        if (value.length() <= LONGEST_LABEL) {
            return value;
        }
        boolean isPair = Character.isHighSurrogate(value.charAt(LONGEST_LABEL - 1));
        return value.substring(0, isPair ? LONGEST_LABEL - 1 : LONGEST_LABEL);
    }

    @Override
    public Phase phase() {
        return Phase.DIALOGUE;
    }
}
