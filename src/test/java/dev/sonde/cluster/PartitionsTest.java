package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PartitionsTest {

    private static final UUID SELF = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Duration STANDSTILL = Duration.ofSeconds(5);

    private long nowNanos = Long.MAX_VALUE - 1;
    private final Partitions partitions = new Partitions(SELF, STANDSTILL, () -> nowNanos);

    @Test
    void nothingIsOwnedBeforeTheFirstView() {
        assertThat(partitions.owned()).isZero();
        assertThat(partitions.owns(0)).isFalse();
    }

    @Test
    void onlyWhatChangesHandsIsToldWhenAnotherComes() {
        BitSet all = install(false, SELF);
        assertThat(all.cardinality()).isEqualTo(Rendezvous.PARTITIONS);
        BitSet lost = install(false, SELF, OTHER);
        assertThat(partitions.owned()).isEqualTo(Rendezvous.PARTITIONS - lost.cardinality());
        assertThat(install(false, SELF)).isEqualTo(lost);
        assertThat(partitions.owned()).isEqualTo(Rendezvous.PARTITIONS);
    }

    @Test
    void nothingStartsWhenTheProcessStoodStillLongerThanTheOthersWait() {
        install(false, SELF);
        nowNanos += STANDSTILL.toNanos() + 1;
        assertThat(partitions.mayStart(0, STANDSTILL.toNanos())).isFalse();
        assertThat(partitions.beat()).isTrue();
        assertThat(partitions.beat()).isFalse();
        assertThat(partitions.owned()).isZero();
    }

    @Test
    void lateRunStartsWhenTheProcessIsMerelyBusy() {
        install(false, SELF);
        nowNanos += STANDSTILL.toNanos() - 1;
        partitions.beat();
        nowNanos += 2;
        assertThat(partitions.mayStart(0, 2 * STANDSTILL.toNanos())).isTrue();
    }

    @Test
    void suspensionEndsWithAMergeAndNotWithAnyView() {
        install(false, SELF);
        partitions.suspend();
        assertThat(install(false, SELF).isEmpty()).isTrue();
        assertThat(partitions.isSuspended()).isTrue();
        assertThat(install(true, SELF, OTHER).isEmpty()).isFalse();
        assertThat(partitions.owned()).isPositive();
    }

    @Test
    void ownPartitionsAreToldWhenPatienceIsOver() {
        install(false, SELF);
        partitions.suspend();
        assertThat(partitions.resume().cardinality()).isEqualTo(Rendezvous.PARTITIONS);
    }

    private BitSet install(boolean isMerge, UUID... members) {
        return partitions.install(Assignment.of(List.of(members)), isMerge);
    }
}
