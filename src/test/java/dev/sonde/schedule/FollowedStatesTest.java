package dev.sonde.schedule;

import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static dev.sonde.schedule.HandDrivenSchedule.START;
import static dev.sonde.schedule.MemoryProbeStore.mark;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// States that other replicas write.
class FollowedStatesTest {

    private static final ProbeHealth DOWN =
            new ProbeHealth(ProbeState.DOWN, START.plusSeconds(5), 0);

    private final HandDrivenSchedule driven = new HandDrivenSchedule();
    private final ReplicaChanges mirror = driven.schedules.mirror();

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void onlyNewStatesAreReadAfterTheFirstTime() {
        follow();
        driven.store.write("a", DOWN);
        follow();
        follow();
        assertThat(driven.store.marks).containsExactly(null, mark(0), mark(1));
    }

    /// The state was left out when it was read first, because the probe was run here.
    @Test
    void stateIsTakenWhenAnotherReplicaRunsTheProbeByNow() {
        driven.put("a", SPEC);
        driven.store.write("a", DOWN);
        follow();
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.PENDING);
        mirror.handOver(driven.ownership.lose("a"));
        follow();
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.DOWN);
    }

    /// A state is left out while the definition that it fits is not known here.
    @Test
    void allRecentStatesAreReadAgainAfterAChangeOfDefinitions() {
        driven.ownership.lose("a");
        driven.put("a", SPEC.withPaused(true));
        driven.store.write("a", DOWN);
        follow();
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.PAUSED);
        driven.put("a", SPEC);
        follow();
        assertThat(driven.view("a").health().state()).isEqualTo(ProbeState.DOWN);
    }

    @Test
    void allRecentStatesAreReadAgainAfterAFailure() {
        follow();
        driven.store.failing = true;
        assertThatIllegalStateException().isThrownBy(this::follow);
        driven.store.failing = false;
        follow();
        assertThat(driven.store.marks).containsExactly(null, mark(0), null);
    }

    @Test
    void allRecentStatesAreReadAgainOnAnotherConnection() {
        follow();
        mirror.forgetStates();
        follow();
        assertThat(driven.store.marks).containsExactly(null, null);
    }

    private void follow() {
        mirror.followStates(START);
        driven.loop.turn();
    }
}
