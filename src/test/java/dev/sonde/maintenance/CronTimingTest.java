package dev.sonde.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sonde.form.DurationText;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Windows by the clock on the wall. In Berlin 2026 the hour from 02:00 is skipped on 29 March and
/// repeated on 25 October.
@SuppressWarnings("NullAway") // a null fails the test
class CronTimingTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static List<String> begins(String cron, String after) {
        return CronTiming.of(cron, Duration.ofMinutes(5), BERLIN)
                .next(Instant.parse(after), 3)
                .stream()
                .map(window -> window.from().toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "30 2 * * *, 2026-03-27T12:00:00Z,"
                + " 2026-03-28T01:30:00Z 2026-03-29T01:00:00Z 2026-03-30T00:30:00Z",
        "30 2 * * *, 2026-10-23T12:00:00Z,"
                + " 2026-10-24T00:30:00Z 2026-10-25T00:30:00Z 2026-10-26T01:30:00Z",
        "*/20 2 29 3 *, 2026-03-27T12:00:00Z,"
                + " 2026-03-29T01:00:00Z 2027-03-29T00:00:00Z 2027-03-29T00:20:00Z",
        "0 4 * * SUN, 2026-03-22T12:00:00Z,"
                + " 2026-03-29T02:00:00Z 2026-04-05T02:00:00Z 2026-04-12T02:00:00Z",
    })
    void windowsFollowTheWallWhenItsClockIsSet(String cron, String after, String expected) {
        assertThat(begins(cron, after)).containsExactly(expected.split(" ", -1));
    }

    @Test
    void windowLastsElapsedTimeWhenTheClockIsSetWithinIt() {
        CronTiming night = CronTiming.of("0 1 * * *", Duration.ofHours(4), BERLIN);
        MaintenanceWindow window = night.next(Instant.parse("2026-03-28T12:00:00Z"));
        assertThat(Duration.between(window.from(), window.to())).isEqualTo(Duration.ofHours(4));
        assertThat(night.next(window.to().minusNanos(1))).isEqualTo(window);
        assertThat(night.next(window.to()).from()).isEqualTo("2026-03-29T23:00:00Z");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 30 2 * * SUN | 1h  | five fields",
                "30 25 * * *    | 1h  | not a cron expression",
                "0 0 30 2 *     | 1h  | never matches",
                "0 * * * *      | 2h  | a window begins before the one before it ends",
                "0 0 * * *      | 10s | a duration is from 1m to 31d",
            })
    void expressionIsRefusedWithItsReason(String cron, String length, String reason) {
        Duration duration = DurationText.parse(length);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                CronTiming.of(cron, duration, BERLIN)
                                        .requireUsable(Instant.parse("2026-01-01T00:00:00Z")))
                .withMessageContaining(reason);
    }
}
