package dev.sonde.api.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class EventDemandTest {

    private final EventDemand demand = new EventDemand(12);

    @Test
    void wantedEventIsDue() {
        demand.set(Set.of("check-ended"));

        assertThat(demand.isDue("check-ended")).isTrue();
        assertThat(demand.isDue("probe-up")).isFalse();
    }

    @Test
    void everyThirdUnwantedEventIsDueWhereTwelveAreKept() {
        assertThat(demand.isDue("probe-up")).isFalse();
        assertThat(demand.isDue("probe-up")).isFalse();
        assertThat(demand.isDue("probe-up")).isTrue();

        demand.countAnew();

        assertThat(demand.isDue("probe-up")).isFalse();
    }
}
