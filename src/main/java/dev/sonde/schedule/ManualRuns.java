package dev.sonde.schedule;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.schedule.plan.ForeignProbe;
import dev.sonde.schedule.plan.ScheduledProbe;
import dev.sonde.schedule.plan.WantedRun;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// Runs of single probes outside of their schedule. Safe for any thread.
final class ManualRuns {

    private final ProbeBook book;

    /// Foreign probes that run once.
    private final Set<ScheduledProbe> visitors = ConcurrentHashMap.newKeySet();

    ManualRuns(ProbeBook book) {
        this.book = book;
    }

    Stream<ScheduledProbe> visitors() {
        return visitors.stream();
    }

    /// Runs a probe once, at once or right after a running run.
    ///
    /// @param withPath whether the path to the target is asked for too
    /// @return empty when there is no such probe
    Optional<CompletableFuture<ProbeResult>> run(String name, boolean withPath) {
        CompletableFuture<ProbeResult> whenDone = new CompletableFuture<>();
        ScheduledProbe probe =
                switch (book.find(name)) {
                    case null -> null;
                    case ScheduledProbe scheduled -> scheduled;
                    case ForeignProbe foreigner -> visitor(foreigner, whenDone);
                };
        if (probe == null) {
            return Optional.empty();
        }
        probe.lane.execute(
                () -> probe.lane.runNow(probe, new WantedRun(whenDone, withPath)),
                () -> whenDone.completeExceptionally(new CancellationException("stopped")));
        return Optional.of(whenDone);
    }

    private ScheduledProbe visitor(ForeignProbe probe, CompletableFuture<ProbeResult> whenDone) {
        ScheduledProbe visitor = book.visitor(probe);
        visitors.add(visitor);
        var _ = whenDone.whenComplete((_, _) -> visitors.remove(visitor));
        return visitor;
    }
}
