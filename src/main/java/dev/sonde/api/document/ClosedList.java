package dev.sonde.api.document;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.spec.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// The closed lists of the API whose words stand in one place, in the code.
public enum ClosedList {
    /// The phases of an attempt, in their order.
    PHASE,
    /// The reasons of a result: `connected`, those of a failure and those of one that was not
    /// probed.
    REASON;

    List<String> words() {
        return switch (this) {
            case PHASE -> Arrays.stream(Phase.values()).map(Phase::label).toList();
            case REASON ->
                    Stream.of(
                                    Stream.of("connected"),
                                    Arrays.stream(FailureReason.values()).map(FailureReason::label),
                                    Arrays.stream(NotProbedReason.values())
                                            .map(NotProbedReason::label))
                            .flatMap(words -> words)
                            .toList();
        };
    }
}
