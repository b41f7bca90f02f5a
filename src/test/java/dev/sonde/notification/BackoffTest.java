package dev.sonde.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pauses between attempts to deliver a message.
class BackoffTest {

    @ParameterizedTest
    @CsvSource({"1, PT0.9S, PT1.1S", "2, PT1.8S, PT2.2S", "12, PT30M43S, PT37M33S"})
    void pauseDoublesWithEachAttempt(int attempts, Duration shortest, Duration longest) {
        assertThat(Backoff.pause(attempts)).isBetween(shortest, longest);
    }

    @ParameterizedTest
    @CsvSource({"13", "1000000"})
    void pauseIsAnHourAtMost(int attempts) {
        assertThat(Backoff.pause(attempts)).isBetween(Duration.ofMinutes(54), Duration.ofHours(1));
    }
}
