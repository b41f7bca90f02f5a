package dev.sonde.schedule;

import dev.sonde.attempt.Prober;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.probe.OtherEnds;
import dev.sonde.probe.ProbeResult;
import dev.sonde.probe.ProbeSettings;
import dev.sonde.probe.ResultSink;
import dev.sonde.probe.Target;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// The one way to run a probe: ad hoc and scheduled ones alike pass here, so that every result gets
/// an id and reaches every [ResultSink]. Safe for any thread.
@Component
public final class ProbeRunner {

    private final Prober prober;
    private final List<ResultSink> sinks;
    private final Clock clock;
    private final ResultIds ids;
    private final OtherEnds otherEnds;

    public ProbeRunner(Prober prober, OtherEnds otherEnds, List<ResultSink> sinks, Clock clock) {
        this.prober = prober;
        this.otherEnds = otherEnds;
        this.sinks = List.copyOf(sinks);
        this.clock = clock;
        this.ids = new ResultIds();
    }

    /// Starts one run.
    ///
    /// @param probe the scheduled probe's name; null for an ad hoc one
    /// @param whenDone called exactly once, after the sinks, on an event loop's thread or, when the
    ///     probe is refused at once, on the caller's: it must neither block nor throw
    public RunningProbe run(
            @Nullable String probe,
            Target target,
            ProbeSettings settings,
            Consumer<ProbeResult> whenDone) {
        Instant startedAt = clock.instant();
        UUID id = ids.next(startedAt);
        return prober.submit(
                target,
                settings,
                attempts ->
                        otherEnds.whenSeen(
                                new ProbeResult(id, probe, target, startedAt, attempts),
                                result -> deliver(result, whenDone)));
    }

    private void deliver(ProbeResult result, Consumer<ProbeResult> whenDone) {
        for (ResultSink sink : sinks) {
            sink.accept(result);
        }
        whenDone.accept(result);
    }
}
