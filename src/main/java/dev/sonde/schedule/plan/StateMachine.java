package dev.sonde.schedule.plan;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import java.time.Instant;

/// What is held to be true of the targets of one loop's probes, and who is told when it changes.
/// Owned by that loop.
final class StateMachine {

    private final SchedulePorts ports;

    StateMachine(SchedulePorts ports) {
        this.ports = ports;
    }

    /// A scheduled run of a probe of ours has ended.
    void decide(ScheduledProbe probe, ProbeResult result) {
        probe.remember(result);
        ProbeHealth next =
                probe.health()
                        .after(result.outcome(), probe.definition().spec().thresholds(), now());
        become(probe, next, Transition.Cause.of(result));
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
