package dev.sonde.result;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventQuotaTest {

    private static final long NOW = 1_795_168_800;

    private final EventQuota quota = new EventQuota(2);

    @Test
    void restIsCountedWhenASecondHasHadItsShare() {
        assertThat(quota.admits(NOW)).isTrue();
        assertThat(quota.admits(NOW)).isTrue();
        assertThat(quota.admits(NOW)).isFalse();
        assertThat(quota.admits(NOW)).isFalse();
        assertThat(quota.takeOmitted()).isEqualTo(2);
        assertThat(quota.takeOmitted()).isZero();
    }

    @Test
    void nextSecondHasItsOwnShare() {
        assertThat(quota.admits(NOW)).isTrue();
        assertThat(quota.admits(NOW)).isTrue();
        assertThat(quota.admits(NOW + 1)).isTrue();
        assertThat(quota.takeOmitted()).isZero();
    }
}
