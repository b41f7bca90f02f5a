package dev.sonde.store.bytes;

import dev.sonde.probe.finding.Outcome;

/// The numbers of outcomes in the table `result`.
public final class OutcomeNumber {

    static final int SUCCEEDED = 0;
    static final int FAILED = 1;
    static final int NOT_PROBED = 2;

    private OutcomeNumber() {}

    public static int number(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> SUCCEEDED;
            case Outcome.Failed _ -> FAILED;
            case Outcome.NotProbed _ -> NOT_PROBED;
        };
    }

    public static int number(String label) {
        return switch (label) {
            case Outcome.SUCCEEDED -> SUCCEEDED;
            case Outcome.FAILED -> FAILED;
            case Outcome.NOT_PROBED -> NOT_PROBED;
            default ->
                    throw new IllegalArgumentException(
                            "an outcome is succeeded, failed or not_probed, not \"" + label + "\"");
        };
    }
}
