package dev.sonde.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private final AtomicLong nowNanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final RateLimits limits = new RateLimits(10, 3, nowNanos::get);

    @Test
    void requestsPassWhenTheyAreWithinTheBurst() {
        assertThat(limits.take("a")).isZero();
        assertThat(limits.take("a")).isZero();
        assertThat(limits.take("a")).isZero();
        assertThat(limits.take("a")).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void aRequestPassesWhenTheWaitIsOver() {
        spend("a");
        nowNanos.addAndGet(Duration.ofMillis(99).toNanos());
        assertThat(limits.take("a")).isEqualTo(Duration.ofMillis(1));
        nowNanos.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(limits.take("a")).isZero();
        assertThat(limits.take("a")).isPositive();
    }

    @Test
    void aCallerIsNotHeldUpWhenAnotherAsksTooOften() {
        spend("a");
        assertThat(limits.take("b")).isZero();
    }

    @Test
    void theBurstComesBackWhenACallerRests() {
        spend("a");
        nowNanos.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(spend("a")).isEqualTo(3);
    }

    @Test
    void nothingIsLimitedWhenTheRateIsZero() {
        RateLimits none = new RateLimits(0, 1, nowNanos::get);
        for (int i = 0; i < 100; i++) {
            assertThat(none.take("a")).isZero();
        }
    }

    @Test
    void countsAreRightWhenManyCallersCome() {
        spend("a");
        for (int i = 0; i < 10_000; i++) {
            assertThat(limits.take("other " + i)).isZero();
        }
        assertThat(limits.take("a")).isPositive();
        nowNanos.addAndGet(Duration.ofSeconds(2).toNanos());
        assertThat(spend("a")).isEqualTo(3);
        assertThat(limits.callers()).isLessThan(10);
    }

    /// How many requests passed at once.
    private int spend(String caller) {
        int passed = 0;
        while (limits.take(caller).isZero()) {
            passed++;
        }
        return passed;
    }
}
