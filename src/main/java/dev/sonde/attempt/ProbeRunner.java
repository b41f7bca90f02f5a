package dev.sonde.attempt;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.DenialSink;
import dev.sonde.probe.finding.ListenerTimelines;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultJudge;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.keeping.MaintenanceCalendar;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The only way to run a probe, ad hoc or scheduled. Every result gets an id and reaches every
/// [ResultSink]; every denial reaches every [DenialSink]. Safe for any thread.
@Component
public final class ProbeRunner {

    private final Prober prober;
    private final ResultPorts ports;
    private final Clock clock;
    private final ProbeModules modules;
    private final ResultIds ids;
    private final ListenerTimelines otherEnds;
    private final @Nullable String replica;

    /// The runner of a single process without a name.
    public ProbeRunner(
            Prober prober,
            ProbeModules modules,
            ListenerTimelines otherEnds,
            List<ResultSink> sinks,
            List<DenialSink> denials,
            Clock clock) {
        this(
                prober,
                modules,
                otherEnds,
                new ResultPorts(
                        List.copyOf(sinks), List.copyOf(denials), MaintenanceCalendar.EMPTY),
                new ResultIds(Replica.alone("local")),
                clock);
    }

    @Autowired
    ProbeRunner(
            Prober prober,
            ProbeModules modules,
            ListenerTimelines otherEnds,
            ResultPorts ports,
            ResultIds ids,
            Clock clock) {
        this.prober = prober;
        this.modules = modules;
        this.otherEnds = otherEnds;
        this.ports = ports;
        this.clock = clock;
        this.ids = ids;
        this.replica = ids.replica().nameAmongOthers();
    }

    /// Starts one run.
    ///
    /// @param whenDone called exactly once, after the sinks; it must neither block nor throw. It
    ///     runs on an event loop's thread, or on the caller's if the probe is refused at once.
    public RunningProbe run(
            Origin origin, Target target, ProbeSettings settings, Consumer<ProbeResult> whenDone) {
        Asked asked = new Asked(target, settings, Map.of(), null, PathWish.NEVER);
        return begin(new Run(origin, asked, whenDone));
    }

    /// A target and how it is asked.
    ///
    /// @param labels of the scheduled probe
    /// @param latenessMicros absent outside of a schedule
    /// @param wish for the path, beside the settings
    private record Asked(
            Target target,
            ProbeSettings settings,
            Map<String, String> labels,
            @Nullable Long latenessMicros,
            PathWish wish) {}

    private RunningProbe begin(Run run) {
        run.begun(
                prober.submit(
                        new ProbeRun.Order(
                                run.origin.share(),
                                run.target,
                                run.settings,
                                run.origin.reuse().toNanos()),
                        run));
        return run;
    }

    /// One run: the receiver of its attempts, and the handle of its caller. One object for both,
    /// because every connect has one.
    private final class Run extends FollowedRun implements Consumer<List<AttemptResult>> {

        private final Origin origin;
        private final Target target;
        private final ProbeSettings settings;
        private final Map<String, String> labels;
        private final @Nullable Long latenessMicros;
        private final PathWish wish;
        private final Consumer<ProbeResult> whenDone;
        private final Instant startedAt = clock.instant();
        private final UUID id = ids.next(startedAt);

        Run(Origin origin, Asked asked, Consumer<ProbeResult> whenDone) {
            this.origin = origin;
            this.target = asked.target();
            this.settings = asked.settings();
            this.labels = asked.labels();
            this.latenessMicros = asked.latenessMicros();
            this.wish = asked.wish();
            this.whenDone = whenDone;
        }

        @Override
        public void accept(List<AttemptResult> attempts) {
            follow(
                    new ProbeResult(
                            id,
                            origin.probe(),
                            target,
                            startedAt,
                            attempts,
                            settings.addresses() == AddressSelection.ANY,
                            replica,
                            null,
                            false,
                            latenessMicros));
        }

        /// Adds the path to a result, where its run asks for it.
        private void follow(ProbeResult found) {
            InetSocketAddress remote = found.deciding().remote();
            boolean isAsked = settings.path() != null || wish.equals(PathWish.ALWAYS);
            boolean isProbed = !(found.outcome() instanceof Outcome.NotProbed);
            if (remote == null || !isProbed || !(isAsked || isIncident(found))) {
                end(found);
                return;
            }
            followed(
                    prober.walk(
                            origin.share(), remote, settings, path -> end(found.withPath(path))));
        }

        private boolean isIncident(ProbeResult found) {
            return prober.questions()
                    .isPathDue(found, result -> wish.isFor(judge(result).verdict()));
        }

        private void end(ProbeResult found) {
            otherEnds.whenSeen(found, result -> deliver(origin.caller(), judge(result), whenDone));
        }

        /// A maintenance that was stored during the run counts.
        private ProbeResult judge(ProbeResult found) {
            return ResultJudge.judge(found, settings.expect())
                    .withMaintenance(ports.isUnder(found.probe(), labels, found.startedAt()));
        }
    }

    /// Starts one run of a definition, whose module is looked up now. One that cannot be used says
    /// nothing about the target.
    ///
    /// @param probe the scheduled probe's name; null for a run outside its schedule
    /// @param latenessNanos from the planned start to now; of no meaning outside of the schedule
    /// @param wish for the path, beside the settings
    /// @param whenDone as in [#run]
    public RunningProbe runScheduled(
            @Nullable String probe,
            ProbeSpec spec,
            long latenessNanos,
            PathWish wish,
            Consumer<ProbeResult> whenDone) {
        ProbeSettings settings;
        try {
            settings = spec.settingsNow(modules);
        } catch (IllegalArgumentException e) {
            Instant now = clock.instant();
            List<AttemptResult> none = List.of(notRun(e));
            deliver(
                    null,
                    new ProbeResult(ids.next(now), probe, spec.target(), now, none, false, replica)
                            .withMaintenance(ports.isUnder(probe, spec.labels(), now)),
                    whenDone);
            return () -> {};
        }
        Long lateness = probe == null ? null : (Long) TimeUnit.NANOSECONDS.toMicros(latenessNanos);
        Origin origin = Origin.ofSchedule(probe, spec.interval());
        Asked asked = new Asked(spec.target(), settings, spec.labels(), lateness, wish);
        return begin(new Run(origin, asked, whenDone));
    }

    private static AttemptResult notRun(IllegalArgumentException why) {
        Outcome outcome =
                new Outcome.NotProbed(
                        NotProbedReason.LOCAL_ERROR, null, String.valueOf(why.getMessage()));
        return AttemptResult.unconnected(null, outcome, List.of(new PhaseTime(Phase.QUEUE, 0)));
    }

    private void deliver(
            @Nullable String caller, ProbeResult result, Consumer<ProbeResult> whenDone) {
        if (isDenied(result)) {
            for (DenialSink sink : ports.denials()) {
                sink.onDenied(caller, result);
            }
        }
        for (ResultSink sink : ports.results()) {
            sink.accept(result);
        }
        whenDone.accept(result);
    }

    private static boolean isDenied(ProbeResult result) {
        List<AttemptResult> attempts = result.attempts();
        for (int i = 0; i < attempts.size(); i++) {
            if (attempts.get(i).outcome() instanceof Outcome.NotProbed(NotProbedReason reason, _, _)
                    && reason == NotProbedReason.DENIED_BY_POLICY) {
                return true;
            }
        }
        return false;
    }
}
