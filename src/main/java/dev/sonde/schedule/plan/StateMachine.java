package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import java.time.Instant;
import java.util.UUID;
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
    ///
    /// @return id of the first result of the incident that begins with it; null where none does
    @Nullable UUID decide(ScheduledProbe probe, ProbeResult result) {
        Outcome before = probe.outcome();
        probe.remember(result);
        if (isTurn(before, result.outcome())) {
            ports.observer().onTurn(result);
        }
        streak(
                probe,
                result.outcome() instanceof Outcome.NotProbed missed
                        ? NotProbedStreak.plus(probe.notProbed(), missed.reason(), now())
                        : null);
        ProbeHealth next =
                probe.health()
                        .after(result.verdict(), probe.definition().spec().thresholds(), now());
        Transition.Row row = row(probe, next, result);
        boolean isDown =
                next.state() == ProbeState.DOWN && probe.health().state() != ProbeState.DOWN;
        become(probe, next, Transition.Cause.of(result, row), result.inMaintenance());
        return isDown ? (row == null ? result.id() : row.firstResultId()) : null;
    }

    /// A probe of which nothing is known is taken for one that works.
    private static boolean isTurn(@Nullable Outcome before, Outcome after) {
        return before == null
                ? !(after instanceof Outcome.Succeeded)
                : !before.label().equals(after.label())
                        || !before.reasonLabel().equals(after.reasonLabel());
    }

    /// The current row of equal verdicts, if it leads to another state or has just reached it. The
    /// row is kept only until then. A row of bad runs that began in maintenance begins anew after
    /// it.
    private static Transition.@Nullable Row row(
            ScheduledProbe probe, ProbeHealth next, ProbeResult result) {
        int direction = Integer.signum(next.streak());
        boolean isNew = direction != Integer.signum(probe.health().streak());
        Transition.Row began = probe.began;
        boolean isSilent =
                direction < 0 && began != null && began.inMaintenance() && !result.inMaintenance();
        Transition.Row row =
                direction != 0 && (isNew || isSilent) ? Transition.Row.from(result) : began;
        boolean isSettled = direction == 0 || isReached(next.state(), direction);
        probe.began = isSettled ? null : row;
        boolean isChange = isSettled && next.state() != probe.health().state();
        return isChange && row != null ? row.withRuns(Math.abs(next.streak())) : null;
    }

    private static boolean isReached(ProbeState state, int direction) {
        return switch (state) {
            case UP, DEGRADED -> direction > 0;
            case DOWN -> direction < 0;
            case PENDING, PAUSED -> false;
        };
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
        become(probe, ProbeHealth.paused(now()), Transition.Cause.PAUSED, false);
    }

    void resume(ScheduledProbe probe) {
        become(probe, ProbeHealth.pending(now()), Transition.Cause.RESUMED, false);
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

    private void become(
            ScheduledProbe probe, ProbeHealth next, Transition.Cause cause, boolean isMaintained) {
        ProbeState from = probe.health().state();
        probe.become(next);
        if (from != next.state() && ports.owns(probe)) {
            ports.tell(
                    new Transition(
                            probe.definition().name(),
                            from,
                            next.state(),
                            next.since(),
                            cause,
                            isMaintained));
        }
    }

    private Instant now() {
        return ports.clock().instant();
    }
}
