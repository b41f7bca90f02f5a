package dev.sonde.schedule;

import dev.sonde.attempt.RunListener;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.probe.keeping.ResultIds;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.schedule.plan.RunStarter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Runs that end when the test says so.
@SuppressWarnings("NullAway") // a null fails the test
public final class FakeRuns implements RunStarter {

    static final Outcome SUCCEEDED = Outcome.Succeeded.connected();
    static final Outcome REFUSED =
            new Outcome.Failed(FailureReason.REFUSED, Phase.CONNECT, "a RST answered the SYN");
    static final Outcome CANCELLED =
            new Outcome.NotProbed(NotProbedReason.CANCELLED, null, "cancelled");

    final class Run implements RunningProbe {
        final String probe;
        final Target target;
        private final RunListener listener;

        Run(String probe, Target target, RunListener listener) {
            this.probe = probe;
            this.target = target;
            this.listener = listener;
        }

        ProbeResult end(Outcome outcome) {
            return end(outcome, List.of());
        }

        ProbeResult end(Outcome outcome, List<StepReport> reports) {
            going.remove(this);
            AttemptResult attempt =
                    new AttemptResult(
                            null,
                            null,
                            outcome,
                            List.of(new PhaseTime(Phase.CONNECT, 1_000)),
                            Evidence.NONE,
                            List.of(),
                            reports,
                            null);
            ProbeResult result =
                    new ProbeResult(
                            ids.next(clock.instant()),
                            probe,
                            target,
                            clock.instant(),
                            List.of(attempt));
            listener.onResult(result);
            return result;
        }

        @Override
        public void cancel() {
            if (going.contains(this)) {
                end(CANCELLED);
            }
        }
    }

    private final Clock clock;
    private final ResultIds ids = new ResultIds(Replica.alone("a"));

    /// What every run ends with inside the call that starts it; null for runs that go on.
    Outcome atOnce;

    final List<Run> started = new ArrayList<>();
    /// Of the latest run.
    boolean withPath;

    /// The incident that began last: its first result, and the receiver of evidence.
    UUID incident;

    int incidents;
    RunListener follower;

    final List<Run> going = new ArrayList<>();

    FakeRuns(Clock clock) {
        this.clock = clock;
    }

    @Override
    public RunningProbe run(
            String probe,
            ProbeSpec spec,
            long latenessNanos,
            boolean withPath,
            RunListener listener) {
        this.withPath = withPath;
        Run run = new Run(probe, spec.target(), listener);
        started.add(run);
        going.add(run);
        if (atOnce != null) {
            run.end(atOnce);
        }
        return run;
    }

    @Override
    public void followIncident(
            ProbeSpec spec, ProbeResult found, UUID first, RunListener listener) {
        incident = first;
        incidents++;
        follower = listener;
    }

    Run latest() {
        return started.getLast();
    }
}
