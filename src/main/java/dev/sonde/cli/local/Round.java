package dev.sonde.cli.local;

import dev.sonde.attempt.LocalEngine;
import dev.sonde.attempt.Origin;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Several targets probed once, all at the same time. Made and read by one thread; [#cancel] may be
/// called from any.
final class Round {

    private final List<CompletableFuture<ProbeResult>> results = new ArrayList<>();
    private final List<RunningProbe> running = new ArrayList<>();

    private Round() {}

    static Round start(LocalEngine engine, List<Target> targets, ProbeSettings settings) {
        Round round = new Round();
        for (Target target : targets) {
            CompletableFuture<ProbeResult> result = new CompletableFuture<>();
            round.results.add(result);
            round.running.add(
                    engine.runner().run(Origin.ofCheck(null), target, settings, result::complete));
        }
        return round;
    }

    /// The results in the order of the targets; each read waits for its result.
    List<CompletableFuture<ProbeResult>> results() {
        return results;
    }

    /// Ends what still runs as cancelled.
    void cancel() {
        running.forEach(RunningProbe::cancel);
    }
}
