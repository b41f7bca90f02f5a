package dev.sonde.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class EventQuotaTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00.9Z");

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
        assertThat(quota.admits(NOW.plusMillis(100))).isTrue();
        assertThat(quota.takeOmitted()).isZero();
    }
}
