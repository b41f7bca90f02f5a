package dev.sonde.probe.expect;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A decided run beside what was expected of it.
///
/// @param isExpected whether its outcome and reason were as expected
/// @param unmet conditions that it missed
public record Judgement(boolean isExpected, List<Unmet> unmet) {

    private static final Judgement MET = new Judgement(true, List.of());

    public Judgement {
        unmet = List.copyOf(unmet);
    }

    /// The missed conditions in words; absent where there are none.
    public @Nullable String missed() {
        return unmet.isEmpty()
                ? null
                : unmet.stream().map(Unmet::words).collect(Collectors.joining("; "));
    }

    /// A run that met every condition.
    public static Judgement met() {
        return MET;
    }
}
