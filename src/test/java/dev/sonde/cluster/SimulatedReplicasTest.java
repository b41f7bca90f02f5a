package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.cluster.SimulatedReplicas.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Changes of hands with time by hand: nobody runs a probe twice, and how long nobody does.
class SimulatedReplicasTest {

    private static final int PROBES = 200_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void joinHasNoGapAndNoDouble(int size) {
        SimulatedReplicas replicas = new SimulatedReplicas(size);
        Assignment before = replicas.assignment();
        assertThat(replicas.join()).isEqualTo(new Change(0, 0));
        assertThat(replicas.moves(before)).isBetween(0.9, 1.1);
        assertThat(replicas.imbalance(SimulatedReplicas.probes(PROBES))).isLessThan(0.05);
    }

    @Test
    void leaveHasNoGapBeyondAStepOfTimeAndNoDouble() {
        Change change = new SimulatedReplicas(3).leave();
        assertThat(change.gapMillis()).isLessThanOrEqualTo(10);
        assertThat(change.doubledMillis()).isZero();
    }

    @Test
    void takeOverIsWithTheViewWhenOneIsKilled() {
        assertThat(new SimulatedReplicas(3).kill()).isEqualTo(new Change(300, 0));
    }

    @Test
    void takeOverIsWithinASecondOfTheTimeoutWhenOneHangs() {
        Change change = new SimulatedReplicas(3).hang();
        assertThat(change.gapMillis()).isBetween(4_700L, 6_000L);
        assertThat(change.doubledMillis()).isZero();
    }
}
