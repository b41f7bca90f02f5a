package dev.sonde.attempt;

import dev.sonde.attempt.admission.Share;
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
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.path.LateEvidenceSink;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeModules;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
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
                        List.copyOf(sinks),
                        List.of(),
                        List.copyOf(denials),
                        MaintenanceCalendar.EMPTY),
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
    /// @param listener called exactly once, after the sinks; it must neither block nor throw. It
    ///     runs on an event loop's thread, or on the caller's if the probe is refused at once.
    public RunningProbe run(
            Origin origin, Target target, ProbeSettings settings, RunListener listener) {
        return run(new Run(origin, target, settings, null, listener), false);
    }

    /// The facts of a run by its definition.
    ///
    /// @param labels of the scheduled probe
    /// @param latenessMicros absent outside of the schedule
    private record Planned(Map<String, String> labels, @Nullable Long latenessMicros) {}

    /// One run: its origin, its target, and the receiver of its result. It is one object, because
    /// every connect of a sweep has one. It receives the attempts of a run without questions beyond
    /// it.
    private final class Run implements ProbeRun.Order, Consumer<List<AttemptResult>> {

        private final Origin origin;
        private final Target target;
        private final ProbeSettings settings;
        private final @Nullable Planned planned;
        private final RunListener listener;
        private final Instant startedAt;
        private final UUID id;

        /// @param planned absent for a run without a definition
        Run(
                Origin origin,
                Target target,
                ProbeSettings settings,
                @Nullable Planned planned,
                RunListener listener) {
            this.origin = origin;
            this.target = target;
            this.settings = settings;
            this.planned = planned;
            this.listener = listener;
            this.startedAt = clock.instant();
            this.id = ids.next(startedAt);
        }

        @Override
        public Share share() {
            return origin.share();
        }

        @Override
        public Target target() {
            return target;
        }

        @Override
        public ProbeSettings settings() {
            return settings;
        }

        @Override
        public long reuseNanos() {
            return origin.reuse().toNanos();
        }

        @Override
        public void accept(List<AttemptResult> attempts) {
            end(found(attempts), listener);
        }

        ProbeResult found(List<AttemptResult> attempts) {
            return new ProbeResult(
                    id,
                    origin.probe(),
                    target,
                    startedAt,
                    attempts,
                    settings.addresses() == AddressSelection.ANY,
                    replica,
                    null,
                    false,
                    planned == null ? null : planned.latenessMicros());
        }

        void end(ProbeResult found, RunListener receiver) {
            otherEnds.whenSeen(found, result -> deliver(origin.caller(), judge(result), receiver));
        }

        /// A maintenance that was stored during the run counts.
        private ProbeResult judge(ProbeResult found) {
            ProbeResult judged = ResultJudge.judge(found, settings.expect());
            return planned == null
                    ? judged
                    : judged.withMaintenance(
                            ports.isUnder(found.probe(), planned.labels(), found.startedAt()));
        }
    }

    /// A scheduled run is delivered when its attempts have ended, so that its verdict waits for no
    /// question beyond it. The answers follow. Any other run is delivered with the answers.
    private RunningProbe run(Run run, boolean withPath) {
        Inquiry inquiry = Inquiry.requested(run.share(), run.settings, withPath);
        if (inquiry == null) {
            return prober.submit(run, run);
        }
        String probe = run.origin.probe();
        if (probe != null) {
            RunListener asking = result -> deliver(result, probe, inquiry, run.listener);
            return prober.submit(run, attempts -> run.end(run.found(attempts), asking));
        }
        FollowedRun followed = new FollowedRun();
        followed.begun(
                prober.submit(
                        run,
                        attempts -> followed.followed(ask(inquiry, run, run.found(attempts)))));
        return followed;
    }

    /// Asks about what was found, then delivers both.
    private RunningProbe ask(Inquiry inquiry, Run run, ProbeResult found) {
        return inquiry.begin(
                prober,
                found,
                answers ->
                        run.end(
                                answers == null ? found : found.withFindings(answers),
                                run.listener));
    }

    private void deliver(ProbeResult result, String probe, Inquiry inquiry, RunListener listener) {
        listener.onResult(result);
        var _ =
                inquiry.begin(
                        prober,
                        result,
                        answers -> {
                            if (answers != null) {
                                add(new LateEvidence(result.id(), probe, answers), listener);
                            }
                        });
    }

    private void add(LateEvidence evidence, RunListener listener) {
        for (LateEvidenceSink sink : ports.late()) {
            sink.add(evidence);
        }
        listener.onEvidence(evidence);
    }

    /// Asks more about a scheduled run with which an incident begins. The answers are added to its
    /// result and to the incident's first one.
    ///
    /// @param first id of the incident's first result
    public void followIncident(
            ProbeSpec spec, ProbeResult found, UUID first, RunListener listener) {
        String probe = found.probe();
        ProbeSettings settings = settingsOf(spec);
        if (probe == null || settings == null) {
            return;
        }
        var _ =
                new Inquiry(
                                Share.RESERVED,
                                settings,
                                prober.questions().ofIncident(found, settings))
                        .begin(
                                prober,
                                found,
                                answers -> {
                                    if (answers != null) {
                                        LateEvidence evidence =
                                                new LateEvidence(found.id(), probe, answers);
                                        add(evidence, listener);
                                        if (!first.equals(found.id())) {
                                            add(evidence.of(first), listener);
                                        }
                                    }
                                });
    }

    /// The settings of a run that has just ended; null where its module is gone.
    private @Nullable ProbeSettings settingsOf(ProbeSpec spec) {
        try {
            return spec.settingsNow(modules);
        } catch (IllegalArgumentException _) {
            return null; // nothing to ask with; the next run reports the module
        }
    }

    /// Starts one run of a definition, whose module is looked up now. One that cannot be used says
    /// nothing about the target.
    ///
    /// @param probe the scheduled probe's name; null for a run outside its schedule
    /// @param latenessNanos from the planned start to now; of no meaning outside of the schedule
    /// @param withPath whether somebody asks for the path by hand
    public RunningProbe runScheduled(
            @Nullable String probe,
            ProbeSpec spec,
            long latenessNanos,
            boolean withPath,
            RunListener listener) {
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
                    listener);
            return () -> {};
        }
        Long lateness = probe == null ? null : (Long) TimeUnit.NANOSECONDS.toMicros(latenessNanos);
        Planned planned = new Planned(spec.labels(), lateness);
        Origin origin = Origin.ofSchedule(probe, spec.interval());
        return run(new Run(origin, spec.target(), settings, planned, listener), withPath);
    }

    private static AttemptResult notRun(IllegalArgumentException why) {
        Outcome outcome =
                new Outcome.NotProbed(
                        NotProbedReason.LOCAL_ERROR, null, String.valueOf(why.getMessage()));
        return AttemptResult.unconnected(null, outcome, List.of(new PhaseTime(Phase.QUEUE, 0)));
    }

    private void deliver(@Nullable String caller, ProbeResult result, RunListener listener) {
        if (isDenied(result)) {
            for (DenialSink sink : ports.denials()) {
                sink.onDenied(caller, result);
            }
        }
        List<ResultSink> sinks = ports.results();
        for (int i = 0; i < sinks.size(); i++) {
            sinks.get(i).accept(result);
        }
        listener.onResult(result);
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
