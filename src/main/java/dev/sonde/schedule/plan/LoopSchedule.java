package dev.sonde.schedule.plan;

import dev.sonde.attempt.RunListener;
import dev.sonde.attempt.RunningProbe;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.EventLoop;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.keeping.ResultBytes;
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of the schedule that lives on one event loop: plans runs, starts and ends them. Owned
/// by that loop; only [#execute] and [#instantOf] may be called from other threads.
public final class LoopSchedule {

    private static final Logger log = LoggerFactory.getLogger(LoopSchedule.class);

    /// The mark of a run that is being started and may already have ended.
    private static final RunningProbe STARTING = () -> {};

    /// Between two looks whether a port of this service is open.
    private static final long WAIT_NANOS = 100_000_000;

    private final EventLoop loop;
    private final SchedulePorts ports;
    private final RunTimes rhythm;
    private final StateMachine states;
    private int inFlight;
    private @Nullable CompletableFuture<Void> whenIdle;

    public LoopSchedule(EventLoop loop, SchedulePorts ports) {
        this.loop = loop;
        this.ports = ports;
        this.rhythm = new RunTimes(loop.ticker(), ports.clock());
        this.states = new StateMachine(ports);
    }

    public void execute(Runnable task, Runnable whenClosed) {
        loop.execute(Command.of(task, whenClosed));
    }

    Instant instantOf(Deadline deadline) {
        return rhythm.instantOf(deadline);
    }

    /// Whether this process runs a probe; for any thread.
    boolean owns(ScheduledProbe probe) {
        return ports.owns(probe);
    }

    /// The heap of the latest results. Safe for any thread.
    HeapShare latestMemory() {
        return ports.latest();
    }

    /// The form of latest results; for any thread.
    ResultBytes resultBytes() {
        return ports.results();
    }

    /// Probes of which many runs in a row asked nothing of the target; for any thread.
    public int neglected() {
        return states.neglected();
    }

    /// Gives a probe its next time, or none where it has none any more.
    public void plan(ScheduledProbe probe) {
        loop.assertInLoop();
        Deadline planned = probe.planned();
        if (planned != null) {
            loop.cancel(planned);
        }
        boolean rests =
                !probe.isPlannable()
                        || whenIdle != null
                        || probe.definition().spec().paused()
                        || !ports.owns(probe);
        if (rests) {
            states.rest(probe);
        }
        probe.columns.planned(probe.row, rests ? null : ports.clock().instant());
        probe.isOutOfRhythm = false;
        probe.plan(rests ? null : loop.scheduleNear(rhythm.nextNanos(probe.definition()), probe));
    }

    /// Plans a probe that this process owns from now on, or stops planning one that it no longer
    /// owns. A run in progress is not disturbed. After a time without an owner, one missed run is
    /// made soon; further ones are not.
    public void handOver(ScheduledProbe probe, long orphanedNanos) {
        boolean isNew = probe.planned() == null;
        plan(probe);
        if (!ports.owns(probe)) {
            probe.forgetLast();
        }
        Deadline inRhythm = probe.planned();
        if (inRhythm == null || !isNew) {
            return;
        }
        long soonNanos = rhythm.soonNanos(probe.definition());
        boolean isMissed = rhythm.isMissed(probe.definition(), inRhythm, orphanedNanos);
        if (isMissed && soonNanos - inRhythm.atNanos() < 0) {
            loop.cancel(inRhythm);
            probe.plan(loop.scheduleAt(soonNanos, probe));
            probe.isOutOfRhythm = true;
        }
    }

    /// Takes a probe's state from another replica.
    public void follow(ScheduledProbe probe, ProbeHealth health, boolean ownToo) {
        states.follow(probe, health, ownToo);
    }

    /// Makes a changed definition count. Only a change of the interval or of pausing moves the
    /// planned time.
    public void changed(ScheduledProbe probe, ProbeSpec before, ProbeSpec after) {
        if (!before.target().equals(after.target())
                || !before.settings().equals(after.settings())
                || !Objects.equals(before.module(), after.module())) {
            probe.columns.forgetCertificate(probe.row);
        }
        if (before.paused() != after.paused()) {
            if (after.paused()) {
                states.pause(probe);
            } else {
                states.resume(probe);
            }
            plan(probe);
        } else if (!before.interval().equals(after.interval())) {
            plan(probe);
        }
    }

    public void remove(ScheduledProbe probe) {
        probe.remove();
        plan(probe);
        probe.forgetLast();
        giveUp(probe);
    }

    void due(ScheduledProbe probe, Deadline due) {
        long intervalNanos = probe.definition().spec().interval().toNanos();
        long behindNanos = rhythm.latenessNanos(due);
        if (!ports.ownership().mayStart(probe.partition, behindNanos)) {
            plan(probe);
            return;
        }
        long latenessNanos = Math.max(0, behindNanos);
        if (ports.unopened().contains(probe.definition().spec().target().port())) {
            probe.isOutOfRhythm = true;
            loop.scheduleAgain(due, due.atNanos() + latenessNanos + WAIT_NANOS);
            return;
        }
        long missed = latenessNanos / intervalNanos;
        long nextNanos =
                probe.isOutOfRhythm
                        ? rhythm.nextNanos(probe.definition())
                        : due.atNanos() + (missed + 1) * intervalNanos;
        probe.isOutOfRhythm = false;
        loop.scheduleAgain(due, nextNanos);
        long skipped = probe.running == null ? missed : missed + 1;
        if (skipped > 0) {
            ports.observer().onSkip(skipped);
        }
        if (probe.running == null) {
            ports.observer().onStart(latenessNanos);
            start(probe, null, latenessNanos);
        }
    }

    /// Runs a probe outside its schedule: at once or, where a run goes on, right after that
    /// one.
    public void runNow(ScheduledProbe probe, WantedRun wanted) {
        if (probe.isRemoved() || whenIdle != null) {
            wanted.whenDone().completeExceptionally(new CancellationException("the probe is gone"));
        } else if (probe.running == null) {
            start(probe, wanted, 0);
        } else if (probe.wanted == null) {
            probe.wanted = wanted;
        } else {
            probe.wanted = probe.wanted.with(wanted);
        }
    }

    /// Plans nothing more, cancels running probes, and reports the end of the last run.
    public void stop(Stream<ScheduledProbe> probes, CompletableFuture<Void> idle) {
        whenIdle = idle;
        probes.filter(probe -> probe.lane == this).forEach(this::stop);
        completeWhenIdle();
    }

    private void stop(ScheduledProbe probe) {
        plan(probe);
        giveUp(probe);
    }

    void failed(ScheduledProbe probe, Exception cause) {
        log.atError()
                .addKeyValue("probe", probe.definition().name())
                .setCause(cause)
                .log("a scheduled run could not be started");
    }

    private void giveUp(ScheduledProbe probe) {
        WantedRun wanted = probe.wanted;
        probe.wanted = null;
        if (wanted != null) {
            wanted.whenDone().completeExceptionally(new CancellationException("the probe is gone"));
        }
        if (probe.running != null) {
            probe.running.cancel();
        }
    }

    /// @param wanted who waits for a run outside the schedule; null for a planned one
    private void start(ScheduledProbe probe, @Nullable WantedRun wanted, long latenessNanos) {
        ProbeDefinition definition = probe.definition();
        probe.running = STARTING;
        inFlight++;
        RunningProbe started =
                ports.runs()
                        .run(
                                wanted == null ? definition.name() : null,
                                definition.spec(),
                                latenessNanos,
                                wanted != null && wanted.withPath(),
                                new Listener(probe, wanted));
        if (Objects.equals(probe.running, STARTING)) {
            probe.running = started;
        }
    }

    /// The receiver of a run's result, on any loop's thread.
    private final class Listener implements RunListener {

        private final ScheduledProbe probe;
        private final @Nullable WantedRun wanted;

        Listener(ScheduledProbe probe, @Nullable WantedRun wanted) {
            this.probe = probe;
            this.wanted = wanted;
        }

        @Override
        public void onResult(ProbeResult result) {
            finishInLoop(probe, wanted, result);
        }

        @Override
        public void onEvidence(LateEvidence evidence) {
            execute(() -> probe.add(evidence), () -> {});
        }
    }

    private void finishInLoop(
            ScheduledProbe probe, @Nullable WantedRun wanted, ProbeResult result) {
        if (loop.isInLoop()) {
            finish(probe, wanted, result);
        } else {
            // A closed loop runs nothing any more; the caller still gets an answer.
            execute(() -> finish(probe, wanted, result), () -> tell(wanted, result));
        }
    }

    /// The one place where a run ends.
    private void finish(ScheduledProbe probe, @Nullable WantedRun wanted, ProbeResult result) {
        probe.running = null;
        inFlight--;
        if (wanted == null && !probe.isRemoved() && ports.owns(probe)) {
            UUID first = states.decide(probe, result);
            if (first != null) {
                ports.runs()
                        .followIncident(
                                probe.definition().spec(),
                                result,
                                first,
                                new Listener(probe, null));
            }
        }
        tell(wanted, result);
        WantedRun next = probe.wanted;
        probe.wanted = null;
        if (next != null) {
            start(probe, next, 0);
        }
        completeWhenIdle();
    }

    private void completeWhenIdle() {
        if (whenIdle != null && inFlight == 0) {
            whenIdle.complete(null);
        }
    }

    private static void tell(@Nullable WantedRun waiting, ProbeResult result) {
        if (waiting != null) {
            waiting.whenDone().complete(result);
        }
    }
}
