package dev.sonde.probe.expect;

import java.util.List;

/// The outcome that a probe's runs are to have, and bounds of their figures.
///
/// @param isFailure whether runs are to fail; they are to succeed otherwise
/// @param reasons for which they may fail, words of the closed list; any when empty
/// @param conditions each measure at most once, in the order of the measures
public record Expectation(boolean isFailure, List<String> reasons, List<Condition> conditions) {

    /// The name of the first condition.
    public static final String OUTCOME = "outcome";

    /// The name of the second condition.
    public static final String REASONS = "reasons";

    public Expectation {
        reasons = List.copyOf(reasons);
        conditions = List.copyOf(conditions);
        if (!reasons.isEmpty() && !isFailure) {
            throw new IllegalArgumentException("reasons need the outcome failed");
        }
    }

    /// The word of the outcome.
    public String outcome() {
        return isFailure ? "failed" : "succeeded";
    }
}
