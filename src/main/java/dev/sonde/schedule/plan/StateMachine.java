package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The states of one loop's probes, and the report of each change. Owned by that loop.
final class StateMachine {

    private final SchedulePorts ports;

    /// Written by the loop, read by anybody.
    private volatile int neglected;

    StateMachine(SchedulePorts ports) {
        this.ports = ports;
    }

    /// A scheduled run of a probe of ours has ended.
    void decide(ScheduledProbe probe, ProbeResult result) {
        probe.remember(result);
        streak(
                probe,
                result.outcome() instanceof Outcome.NotProbed missed
                        ? NotProbedStreak.plus(probe.notProbed(), missed.reason(), now())
                        : null);
        ProbeHealth next =
                probe.health()
                        .after(result.outcome(), probe.definition().spec().thresholds(), now());
        Transition.Row row = row(probe, next, result);
        become(probe, next, Transition.Cause.of(result, row));
    }

    /// The row of equal outcomes that goes on, where it is on the way to another state or just
    /// reached it; kept only until then.
    private static Transition.@Nullable Row row(
            ScheduledProbe probe, ProbeHealth next, ProbeResult result) {
        int direction = Integer.signum(next.streak());
        boolean isNew = direction != Integer.signum(probe.health().streak());
        Transition.Row row = isNew && direction != 0 ? Transition.Row.from(result) : probe.began;
        boolean isSettled =
                direction == 0 || next.state() == (direction > 0 ? ProbeState.UP : ProbeState.DOWN);
        probe.began = isSettled ? null : row;
        boolean isReached = isSettled && next.state() != probe.health().state();
        return isReached && row != null ? row.withRuns(Math.abs(next.streak())) : null;
    }

    /// A probe that is paused, deleted or owned by another replica is no longer overdue.
    void rest(ScheduledProbe probe) {
        streak(probe, null);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the loop alone writes
    private void streak(ScheduledProbe probe, @Nullable NotProbedStreak next) {
        NotProbedStreak before = probe.notProbed();
        if (before != null || next != null) {
            neglected +=
                    (NotProbedStreak.isLong(next) ? 1 : 0)
                            - (NotProbedStreak.isLong(before) ? 1 : 0);
            probe.streak(next);
        }
    }

    /// Probes of which many runs in a row asked nothing of the target.
    int neglected() {
        return neglected;
    }

    void pause(ScheduledProbe probe) {
        become(probe, ProbeHealth.paused(now()), Transition.Cause.PAUSED);
    }

    void resume(ScheduledProbe probe) {
        become(probe, ProbeHealth.pending(now()), Transition.Cause.RESUMED);
    }

    /// Takes over a state that another replica brought about, where it is the newer one.
    ///
    /// @param ownToo also of a probe of ours
    void follow(ScheduledProbe probe, ProbeHealth health, boolean ownToo) {
        boolean isForeign = ownToo || !ports.owns(probe);
        boolean rests = probe.definition().spec().paused();
        boolean fits = (health.state() == ProbeState.PAUSED) == rests;
        if (isForeign && fits && health.since().isAfter(probe.health().since())) {
            probe.become(health);
        }
    }

    private void become(ScheduledProbe probe, ProbeHealth next, Transition.Cause cause) {
        ProbeState from = probe.health().state();
        probe.become(next);
        if (from != next.state() && ports.owns(probe)) {
            ports.tell(
                    new Transition(
                            probe.definition().name(), from, next.state(), next.since(), cause));
        }
    }

    private Instant now() {
        return ports.clock().instant();
    }
}
