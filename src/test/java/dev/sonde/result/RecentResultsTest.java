package dev.sonde.result;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Target;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// How long and how many results are held.
class RecentResultsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private final RecentResults recent =
            new RecentResults(
                    new ResultProperties(2, Duration.ofMinutes(10)),
                    Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void theOldestIsPushedOutWhenTheRingIsFull() {
        ProbeResult first = accept(NOW);
        ProbeResult second = accept(NOW);
        ProbeResult third = accept(NOW);
        assertThat(recent.find(first.id())).isEmpty();
        assertThat(recent.find(second.id())).contains(second);
        assertThat(recent.find(third.id())).contains(third);
    }

    @Test
    void aResultIsGoneWhenItIsTooOld() {
        ProbeResult old = accept(NOW.minus(Duration.ofMinutes(11)));
        assertThat(recent.find(old.id())).isEmpty();
    }

    private ProbeResult accept(Instant startedAt) {
        ProbeResult result =
                new ProbeResult(
                        UUID.randomUUID(),
                        null,
                        new Target("127.0.0.1", 1),
                        startedAt,
                        List.of(
                                AttemptResult.unconnected(
                                        null, Outcome.Succeeded.connected(), List.of())));
        recent.accept(result);
        return result;
    }
}
