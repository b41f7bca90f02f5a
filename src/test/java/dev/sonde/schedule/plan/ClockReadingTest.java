package dev.sonde.schedule.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClockReadingTest {

    private static final Instant START = Instant.parse("2026-11-29T00:00:00Z");

    private long nowNanos;

    /// A thread that is put aside between its looks at two clocks, for another time at each look.
    @ParameterizedTest
    @ValueSource(strings = {"0", "50 0", "50 40 30 20 0", "50 40 0 20 30 60"})
    void readingIsTheNearestOfAFew(String asideMillis) {
        String[] aside = asideMillis.split(" ", -1);
        int[] looks = {0};
        InstantSource wall =
                () -> {
                    int look = Math.min(looks[0]++, aside.length - 1);
                    nowNanos += Duration.ofMillis(Long.parseLong(aside[look])).toNanos();
                    return START.plusNanos(nowNanos);
                };
        Clock clock = wall.withZone(ZoneOffset.UTC);

        ClockReading reading = ClockReading.of(() -> nowNanos, clock);

        assertThat(reading.nanosAt(START)).isZero();
        assertThat(reading.instantAt(7)).isEqualTo(START.plusNanos(7));
    }
}
