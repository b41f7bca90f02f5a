package dev.sonde.definition;

import dev.sonde.probe.spec.Excerpt;
import java.util.ArrayList;
import java.util.List;

/// Targets that made no probe: their number, and sentences for the first ones. For one thread.
final class Rejections {

    private static final int TOLD = 20;

    private final List<String> sentences = new ArrayList<>();
    private int number;

    /// @param reason a clause
    void add(String target, String reason) {
        number++;
        if (sentences.size() < TOLD) {
            sentences.add(Excerpt.of(target) + ": " + reason);
        }
    }

    int number() {
        return number;
    }

    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
