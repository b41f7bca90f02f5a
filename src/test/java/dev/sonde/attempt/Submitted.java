package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A probe that a test submitted, with every result that was ever reported for it.
final class Submitted {

    private final List<List<AttemptResult>> reported = new CopyOnWriteArrayList<>();
    RunningProbe probe = () -> {};

    void done(List<AttemptResult> result) {
        reported.add(result);
    }

    boolean isDone() {
        return !reported.isEmpty();
    }

    int reports() {
        return reported.size();
    }

    /// All attempts of the one result.
    List<AttemptResult> attempts() {
        assertThat(reported).hasSize(1);
        return reported.getFirst();
    }

    /// The only attempt of the one result.
    AttemptResult attempt() {
        assertThat(attempts()).hasSize(1);
        return attempts().getFirst();
    }

    Outcome outcome() {
        return attempt().outcome();
    }

    /// Such as `failed/refused`.
    String verdict() {
        return verdict(attempt());
    }

    static String verdict(AttemptResult attempt) {
        return attempt.outcome().label() + "/" + attempt.outcome().reasonLabel();
    }
}
