package dev.sonde.probe.path;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answers to the questions beyond a run.
///
/// @param asked each question that was asked, with its answer
/// @param path absent where it was not asked for
public record Findings(List<Asked> asked, @Nullable PathReport path) {

    public Findings {
        asked = List.copyOf(asked);
    }
}
