package dev.sonde.api.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.history.Statistics;
import dev.sonde.history.Totals;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway") // a null fails the test
class RecentStatisticsTest {

    private static final Instant START = Instant.parse("2026-11-20T10:00:00Z");

    private Instant now = START;
    private int readings;
    private final InstantSource source = () -> now;
    private final Clock clock = source.withZone(ZoneOffset.UTC);
    private final RecentStatistics recent = new RecentStatistics(clock);

    private static RecentStatistics.Subject subject(int number) {
        return new RecentStatistics.Subject("p-" + number, START, Duration.ofDays(1));
    }

    private Statistics read(int number) {
        return read(number, new Statistics(new Totals(), 0, 0, 0, null));
    }

    private Statistics read(int number, Statistics found) {
        return recent.of(
                subject(number),
                () -> {
                    readings++;
                    return found;
                });
    }

    @Test
    void manyViewersCostOneReadingInTenSeconds() {
        assertThat(read(1)).isNotNull();
        now = START.plusSeconds(9);
        read(1);
        assertThat(readings).isEqualTo(1);
        now = START.plusSeconds(10);
        read(1);
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void nothingIsKeptForASecond() {
        read(1, null);
        read(1, null);
        now = START.plusSeconds(1);
        assertThat(read(1)).isNotNull();
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void theOldestIsForgottenBeyondTheMost() {
        for (int i = 0; i <= RecentStatistics.MOST; i++) {
            read(i);
        }
        read(RecentStatistics.MOST);
        assertThat(readings).isEqualTo(RecentStatistics.MOST + 1);
        read(0);
        assertThat(readings).isEqualTo(RecentStatistics.MOST + 2);
    }

    @Test
    void aReadingThatFailedIsRepeated() {
        assertThatThrownBy(
                        () ->
                                recent.of(
                                        subject(1),
                                        () -> {
                                            throw new IllegalStateException("no database");
                                        }))
                .hasMessage("no database");
        read(1);
        assertThat(readings).isEqualTo(1);
    }
}
