package dev.sonde.store.bytes;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.spec.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The outcome and the phases of an attempt, to and from bytes.
final class OutcomeCodec {

    private OutcomeCodec() {}

    static void write(RowOutput out, Outcome outcome) {
        out.number(OutcomeNumber.number(outcome));
        out.text(outcome.reasonLabel());
        Phase phase = outcome.phase();
        out.text(phase == null ? null : phase.label());
        out.text(outcome.detail());
    }

    static void write(RowOutput out, List<PhaseTime> phases) {
        out.number(phases.size());
        for (PhaseTime phase : phases) {
            out.text(phase.phase().label());
            out.number(phase.tookNanos());
        }
    }

    static Outcome readOutcome(RowInput in) {
        int branch = in.count();
        String reason = in.text();
        String phaseLabel = in.optionalText();
        Phase phase = phaseLabel == null ? null : phase(phaseLabel);
        String detail = in.optionalText();
        return switch (branch) {
            case OutcomeNumber.SUCCEEDED -> new Outcome.Succeeded(detail);
            case OutcomeNumber.FAILED ->
                    new Outcome.Failed(
                            one(FailureReason.values(), FailureReason::label, reason),
                            required(phase),
                            required(detail));
            default ->
                    new Outcome.NotProbed(
                            one(NotProbedReason.values(), NotProbedReason::label, reason),
                            phase,
                            required(detail));
        };
    }

    static List<PhaseTime> readPhases(RowInput in) {
        int size = in.count();
        List<PhaseTime> phases = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            phases.add(new PhaseTime(phase(in.text()), in.number()));
        }
        return phases;
    }

    private static Phase phase(String label) {
        return one(Phase.values(), Phase::label, label);
    }

    private static <E> E one(E[] values, Function<E, String> label, String wanted) {
        return Arrays.stream(values)
                .filter(value -> label.apply(value).equals(wanted))
                .findAny()
                .orElseThrow(
                        () -> new IllegalStateException("written by a later version: " + wanted));
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("a row without a phase or a detail");
        }
        return value;
    }
}
