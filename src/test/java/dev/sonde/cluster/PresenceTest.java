package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.cluster.member.MemberMessage.Beat;
import dev.sonde.cluster.member.Peer;
import dev.sonde.result.EventInterest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Which members count, with time by hand.
class PresenceTest {

    private static final UUID SELF = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private long nowNanos;
    private final Set<UUID> seen = new HashSet<>();
    private final Peers peers = new Peers(() -> nowNanos);
    private final Presence presence = new Presence(SELF, peers, seen::contains, TIMEOUT);

    @BeforeEach
    void meet() {
        presence.view(List.of(SELF, OTHER));
        beat();
    }

    @Test
    void silentMemberCountsUntilTheTimeoutAndAgainWhenItSpeaks() {
        pass(TIMEOUT.minusNanos(1));
        assertThat(presence.count()).containsExactly(SELF, OTHER);
        pass(Duration.ofNanos(1));
        assertThat(presence.count()).containsExactly(SELF);
        beat();
        assertThat(presence.count()).containsExactly(SELF, OTHER);
    }

    @Test
    void silentMemberCountsWhileItBeatsInTheDatabase() {
        seen.add(OTHER);
        pass(TIMEOUT.multipliedBy(3));
        assertThat(presence.count()).containsExactly(SELF, OTHER);
        assertThat(presence.view(List.of(SELF))).containsExactly(SELF, OTHER);
        seen.clear();
        assertThat(presence.count()).containsExactly(SELF);
        seen.add(OTHER);
        assertThat(presence.count()).containsExactly(SELF);
    }

    @Test
    void closedConnectionIsTheEndWhateverTheDatabaseSays() {
        seen.add(OTHER);
        pass(Duration.ofMillis(700));
        assertThat(presence.view(List.of(SELF))).containsExactly(SELF);
    }

    @Test
    void leavingMemberDoesNotCountAlthoughTheViewHasIt() {
        peers.left(OTHER, new Peer("b", null), nowNanos);
        beat();
        assertThat(presence.count()).containsExactly(SELF);
        presence.forgetOthers();
        assertThat(presence.count()).containsExactly(SELF);
    }

    @Test
    void membersAreDoubtfulLongBeforeTheyAreGivenUp() {
        assertThat(presence.isDoubtful()).isFalse();
        pass(TIMEOUT.dividedBy(2));
        assertThat(presence.isDoubtful()).isTrue();
    }

    private void pass(Duration time) {
        nowNanos += time.toNanos();
    }

    private void beat() {
        Instant now = Instant.EPOCH.plusNanos(nowNanos);
        peers.heard(OTHER, new Beat(new Peer("b", null), now, now, EventInterest.NONE));
    }
}
