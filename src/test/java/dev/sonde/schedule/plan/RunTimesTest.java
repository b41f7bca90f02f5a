package dev.sonde.schedule.plan;

import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static dev.sonde.schedule.HandDrivenSchedule.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.eventloop.HandMovedTicker;
import dev.sonde.probe.spec.ProbeDefinition;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RunTimesTest {

    private static final int PROBES = 100_000;
    private static final int PLACES = 32_768;

    private final HandMovedTicker ticker = new HandMovedTicker();
    private final RunTimes rhythm = new RunTimes(ticker, Clock.fixed(START, ZoneOffset.UTC));

    @Test
    void probesFillTheIntervalEvenlyWhenTheyShareItsPlaces() {
        Map<Long, Long> probesByTime =
                IntStream.range(0, PROBES)
                        .mapToObj(i -> ProbeDefinition.create("probe-" + i, SPEC, START))
                        .map(probe -> rhythm.nextNanos(probe) - ticker.read())
                        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(probesByTime.keySet())
                .allMatch(nanos -> nanos >= 0 && nanos < SPEC.interval().toNanos());
        // A hash leaves every twentieth place empty and puts three probes into the average one.
        assertThat(probesByTime).hasSizeBetween(PLACES * 94 / 100, PLACES * 96 / 100);
        LongSummaryStatistics shared =
                probesByTime.values().stream().mapToLong(count -> count).summaryStatistics();
        assertThat(shared.getMax()).isLessThan(20);
    }

    /// A thread that is put aside after its first look at the ticker.
    @Test
    void placeStaysTheSameWhenTimePassesBetweenTheReadingsOfTwoClocks() {
        ProbeDefinition probe = ProbeDefinition.create("probe", SPEC, START);
        Clock fixed = Clock.fixed(START, ZoneOffset.UTC);
        long placeNanos = rhythm.nextNanos(probe) - ticker.read();
        HandMovedTicker other = new HandMovedTicker();
        long startNanos = other.read();
        Duration[] aside = {Duration.ofMillis(7)};
        InstantSource wall =
                () -> {
                    other.advance(aside[0]);
                    aside[0] = Duration.ZERO;
                    return fixed.instant().plusNanos(other.read() - startNanos);
                };

        long nextNanos = new RunTimes(other, wall.withZone(ZoneOffset.UTC)).nextNanos(probe);

        assertThat(nextNanos - startNanos).isEqualTo(placeNanos);
    }

    @Test
    void placeStaysTheSameWhenTheScheduleIsMadeAnew() {
        ProbeDefinition probe = ProbeDefinition.create("probe", SPEC, START);
        Duration later = Duration.ofSeconds(3);
        HandMovedTicker other = new HandMovedTicker();
        other.advance(Duration.ofHours(1));
        RunTimes anew = new RunTimes(other, Clock.fixed(START.plus(later), ZoneOffset.UTC));

        long firstNanos = rhythm.nextNanos(probe) - ticker.read();
        long againNanos = anew.nextNanos(probe) - other.read();

        assertThat(Math.floorMod(firstNanos - later.toNanos(), SPEC.interval().toNanos()))
                .isEqualTo(againNanos);
    }
}
