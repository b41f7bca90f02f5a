package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsTest {

    private static final UUID SELF = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final UUID THIRD = new UUID(3, 3);
    private static final Duration STANDSTILL = Duration.ofSeconds(5);

    private long nowNanos = Long.MAX_VALUE - 1;
    private final Partitions partitions = new Partitions(SELF, STANDSTILL, () -> nowNanos);

    @Test
    void nothingIsOwnedBeforeTheFirstView() {
        assertThat(partitions.owned()).isZero();
        assertThat(partitions.owns(0)).isFalse();
    }

    @Test
    void earlierOwnerGoesOnUntilTheNewcomerBegins() {
        assertThat(install(false, SELF).cardinality()).isEqualTo(Rendezvous.PARTITIONS);
        assertThat(install(false, SELF, OTHER).isEmpty()).isTrue();
        int partition = firstOf(OTHER);
        long beginsNanos = nowNanos + 1_000;
        partitions.endLoan(OTHER, beginsNanos);
        assertThat(partitions.mayStart(partition, -999)).isTrue();
        assertThat(partitions.mayStart(partition, -1_000)).isFalse();
        nowNanos += 2_000;
        assertThat(partitions.mayStart(partition, 1_001)).isTrue();
        assertThat(partitions.mayStart(partition, 1_000)).isFalse();
        nowNanos = beginsNanos + Partitions.LATENESS.toNanos() - 1;
        assertThat(partitions.isLoanOver()).isFalse();
        assertThat(partitions.release().isEmpty()).isTrue();
        assertThat(partitions.mayStart(partition, Partitions.LATENESS.toNanos())).isTrue();
        nowNanos += 1;
        assertThat(partitions.isLoanOver()).isTrue();
        assertThat(partitions.release()).isEqualTo(partitions.assignment().ownedBy(OTHER));
        assertThat(partitions.owns(partition)).isFalse();
        assertThat(partitions.lentTo()).isEmpty();
    }

    @Test
    void loanEndsWhenTheNewcomerSaysNothing() {
        install(false, SELF);
        install(false, SELF, OTHER);
        nowNanos += Partitions.LOAN.toNanos() - 1;
        assertThat(partitions.release().isEmpty()).isTrue();
        assertThat(partitions.mayStart(firstOf(OTHER), 0)).isTrue();
        nowNanos += 1;
        assertThat(partitions.mayStart(firstOf(OTHER), 0)).isFalse();
        nowNanos += Partitions.LATENESS.toNanos();
        assertThat(partitions.release().isEmpty()).isFalse();
    }

    @Test
    void loanIsKeptWhenAnotherNewcomerComesAndIsOursAgainWhenTheFirstGoes() {
        install(false, SELF);
        install(false, SELF, OTHER);
        nowNanos += 1_000;
        assertThat(install(false, SELF, OTHER, THIRD).isEmpty()).isTrue();
        assertThat(partitions.lentTo()).containsOnly(OTHER, THIRD);
        assertThat(install(false, SELF).isEmpty()).isTrue();
        assertThat(partitions.lentTo()).isEmpty();
        assertThat(partitions.owned()).isEqualTo(Rendezvous.PARTITIONS);
    }

    @Test
    void newcomerAwaitsItsBegin() {
        assertThat(install(false, SELF, OTHER).isEmpty()).isTrue();
        assertThat(partitions.isAwaited()).isTrue();
        assertThat(partitions.beginAll()).isEqualTo(partitions.assignment().ownedBy(SELF));
        assertThat(partitions.isAwaited()).isFalse();
    }

    @Test
    void partitionsOfALostOwnerAreRunAtOnce() {
        install(false, SELF, OTHER);
        BitSet orphans = partitions.assignment().ownedBy(OTHER);
        assertThat(install(false, SELF)).isEqualTo(orphans);
    }

    @Test
    void nothingThatIsDueLaterStartsWhenTheProcessLeaves() {
        install(false, SELF);
        partitions.leaveAt(nowNanos + 1_000);
        nowNanos += 3_000;
        assertThat(partitions.mayStart(0, 2_001)).isTrue();
        assertThat(partitions.mayStart(0, 2_000)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 5_000_000_000L})
    void nothingStartsWhenTheProcessStoodStillLongerThanTheOthersWait(long latenessNanos) {
        install(false, SELF);
        nowNanos += STANDSTILL.toNanos() + 1;
        assertThat(partitions.mayStart(0, latenessNanos)).isFalse();
        assertThat(partitions.beat()).isTrue();
        assertThat(partitions.beat()).isFalse();
        assertThat(partitions.owned()).isZero();
    }

    /// A loop may read the clock after the beat did, and act before it.
    @Test
    void loopThatOvertakesABeatInTimeSuspendsNothing() {
        install(false, SELF);
        nowNanos += STANDSTILL.toNanos() + 1;
        assertThat(partitions.mayStart(0, 0)).isFalse();
        nowNanos -= 1;
        assertThat(partitions.beat()).isFalse();
        assertThat(partitions.mayStart(0, 0)).isTrue();
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
        install(true, SELF, OTHER);
        assertThat(partitions.isAwaited()).isTrue();
        assertThat(partitions.beginAll()).isEqualTo(partitions.assignment().ownedBy(SELF));
    }

    private int firstOf(UUID owner) {
        return partitions.assignment().ownedBy(owner).nextSetBit(0);
    }

    private BitSet install(boolean isMerge, UUID... members) {
        return partitions.install(Assignment.of(List.of(members)), isMerge);
    }
}
