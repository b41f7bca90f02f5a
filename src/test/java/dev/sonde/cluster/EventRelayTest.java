package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRelayTest {

    private static final Transition PAUSED =
            new Transition(
                    "a", ProbeState.UP, ProbeState.PAUSED, Instant.EPOCH, Transition.Cause.PAUSED);

    private final EventRelay relay = new EventRelay();
    private int wakes;

    @BeforeEach
    void meet() {
        relay.setReaders(true);
    }

    @Test
    void takerIsWokenOnceUntilItBegins() {
        relay.onAdded(() -> wakes++);
        assertThat(wakes).isZero();
        relay.accept(PAUSED);
        relay.accept(PAUSED);
        assertThat(wakes).isOne();
        relay.begin();
        assertThat(relay.take(9)).hasSize(2);
        relay.accept(PAUSED);
        assertThat(wakes).isEqualTo(2);
    }

    @Test
    void takerIsWokenWhenAnEventWaitsBeforeItStarts() {
        relay.accept(PAUSED);
        relay.onAdded(() -> wakes++);
        assertThat(wakes).isOne();
    }

    @Test
    void nobodyIsWokenWithoutOtherReplicas() {
        relay.setReaders(false);
        relay.onAdded(() -> wakes++);
        relay.accept(PAUSED);
        assertThat(wakes).isZero();
    }
}
