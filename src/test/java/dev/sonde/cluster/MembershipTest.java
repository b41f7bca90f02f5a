package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import dev.sonde.cluster.member.MemberMessage.Beat;
import dev.sonde.cluster.member.Peer;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.result.EventInterest;
import dev.sonde.schedule.Handover;
import dev.sonde.schedule.ReplicaChanges;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

class MembershipTest {

    private static final UUID SELF = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Duration FAILURE_TIMEOUT = Duration.ofSeconds(3);
    private static final long SILENT_NANOS = 400_000_000;

    private long nowNanos;
    private final ReplicaChanges mirror = mock(ReplicaChanges.class);
    private final Peers peers = new Peers(() -> nowNanos);
    private final Partitions partitions = new Partitions(SELF, FAILURE_TIMEOUT, () -> nowNanos);
    private final Membership membership = membership(partitions);
    private final Membership newcomer =
            membership(new Partitions(SELF, FAILURE_TIMEOUT, () -> nowNanos));

    private Membership membership(Partitions own) {
        return new Membership(
                new Replica("a", SELF),
                own,
                peers,
                mirror,
                new Membership.Time(Clock.systemUTC(), () -> nowNanos),
                FAILURE_TIMEOUT);
    }

    @BeforeEach
    void meet() {
        membership.install(List.of(SELF), false);
        membership.install(List.of(SELF, OTHER), false);
        Instant now = Instant.EPOCH;
        peers.heard(OTHER, new Beat(new Peer("b", null), now, now, EventInterest.NONE));
        membership.pass();
    }

    /// The event loops ask later, and what was due until then is missing too.
    @Test
    void orphanedTimeIsThatOfTheSilenceWhenTheConnectionOfAReplicaIsClosed() {
        assertOrphaned(SILENT_NANOS, SILENT_NANOS);
    }

    /// It may have run until its next sign of life, which may have been late, and its results come
    /// when it goes on.
    @Test
    void orphanedTimeBeginsWithTheFirstMissingSignsOfLifeWhenAReplicaHangs() {
        long silentNanos = FAILURE_TIMEOUT.toNanos();
        assertOrphaned(silentNanos, silentNanos - Membership.LATE_BEATS * (silentNanos / 25));
    }

    /// Late runs that were due before the newcomer's begin start at their earlier owner.
    @Test
    void earlierOwnerLetsGoWhenItsLoopsHaveStartedWhatWasDue() {
        nowNanos += Partitions.LOAN.plus(Partitions.LATENESS).toNanos();
        membership.pass();
        InOrder order = inOrder(mirror);
        order.verify(mirror).awaitLoops();
        order.verify(mirror).handOver(any());
    }

    /// A newcomer on a busy machine takes longer than a loan until it can name its begin.
    @Test
    void earlierOwnerGoesOnWhileTheNewcomerLivesAndHasNotBegun() {
        UUID third = new UUID(3, 3);
        membership.install(List.of(SELF, OTHER, third), false);
        nowNanos += Partitions.LOAN.toNanos() - 1;
        peers.heard(third, new Beat(new Peer("c", null), Instant.EPOCH, null, EventInterest.NONE));
        membership.pass();
        nowNanos += Partitions.LOAN.toNanos();
        membership.pass();
        assertThat(partitions.lentTo()).containsOnly(third);
        nowNanos += Partitions.LATENESS.toNanos();
        membership.pass();
        assertThat(partitions.lentTo()).isEmpty();
    }

    /// An owner with an earlier view would not hear of the begin, and both would run.
    @Test
    void newcomerNamesItsBeginWhenEveryOwnerHasSeenIt() {
        Instant now = Instant.EPOCH;
        UUID third = new UUID(3, 3);
        peers.heard(OTHER, new Beat(new Peer("b", null), now, now, EventInterest.NONE));
        newcomer.install(List.of(OTHER, third, SELF), false);
        newcomer.pass();
        assertThat(newcomer.begins()).isNull();
        peers.heard(third, new Beat(new Peer("c", null), now, now, EventInterest.NONE));
        newcomer.pass();
        assertThat(newcomer.begins()).isNotNull();
    }

    @Test
    void newcomerNamesItsBeginInTimeWhenAnOwnerIsSilent() {
        newcomer.install(List.of(new UUID(3, 3), SELF), false);
        assertThat(newcomer.begins()).isNull();
        nowNanos += Membership.UNSEEN.toNanos();
        newcomer.pass();
        assertThat(newcomer.begins()).isNotNull();
        assertThat(Membership.UNSEEN.plus(Membership.NOTICE)).isLessThan(Partitions.LOAN);
    }

    private void assertOrphaned(long silentNanos, long orphanedNanos) {
        nowNanos += silentNanos;
        membership.install(List.of(SELF), false);
        Handover handover = lastHandover();
        nowNanos += 7;
        assertThat(handover.partitions().isEmpty()).isFalse();
        assertThat(handover.partitions().stream())
                .allMatch(
                        partition ->
                                handover.orphanedNanos().applyAsLong(partition)
                                        == orphanedNanos + 7);
    }

    private Handover lastHandover() {
        ArgumentCaptor<Handover> handovers = ArgumentCaptor.forClass(Handover.class);
        verify(mirror, atLeastOnce()).handOver(handovers.capture());
        return handovers.getValue();
    }
}
