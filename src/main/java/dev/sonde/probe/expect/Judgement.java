package dev.sonde.probe.expect;

import java.util.List;

/// A decided run beside what was expected of it.
///
/// @param isExpected whether its outcome and reason were as expected
/// @param unmet conditions that it missed
public record Judgement(boolean isExpected, List<Unmet> unmet) {

    private static final Judgement MET = new Judgement(true, List.of());

    public Judgement {
        unmet = List.copyOf(unmet);
    }

    /// A run that met every condition.
    public static Judgement met() {
        return MET;
    }
}
