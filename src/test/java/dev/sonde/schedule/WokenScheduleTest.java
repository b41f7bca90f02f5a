package dev.sonde.schedule;

import static dev.sonde.schedule.HandDrivenSchedule.INTERVAL;
import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.eventloop.HandMovedTicker;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.plan.LoopSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs that share the wakes of their loop.
class WokenScheduleTest {

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void wokenLoopStartsARunAheadOfItsTime(boolean isAlone) {
        try (HandDrivenSchedule driven = HandDrivenSchedule.woken(isAlone)) {
            Instant due = Objects.requireNonNull(driven.put("a", SPEC).nextRunAt());
            driven.passUntil(due.minusMillis(6));
            assertThat(driven.runs.started).isEmpty();
            driven.passUntil(due.minusMillis(4));
            assertThat(driven.runs.started).hasSize(1);
            driven.passUntil(due.plusMillis(1));
            assertThat(driven.runs.started).hasSize(1);
            assertThat(driven.lateness.getFirst()).isLessThan(Duration.ofMillis(3));
            assertThat(driven.view("a").nextRunAt())
                    .isBetween(due.plus(INTERVAL), due.plus(INTERVAL).plusMillis(1));
        }
    }

    /// The planned start decides which of two replicas makes a run, not the time of the wake.
    @Test
    void ownerIsAskedForThePlannedStart() {
        try (HandDrivenSchedule driven = HandDrivenSchedule.woken(false)) {
            Instant due = Objects.requireNonNull(driven.put("a", SPEC).nextRunAt());
            driven.passUntil(due.minusMillis(4));
            assertThat(driven.ownership.latenessMillis).isNegative();
        }
    }

    /// Each probe runs every ten seconds, so 2,000 of them fill a lane.
    @Test
    void firstLanesAreFilledInTurnAndTheRestIsSpread() {
        try (HandDrivenSchedule driven = new HandDrivenSchedule();
                EventLoop other = new EventLoop("other", new HandMovedTicker())) {
            List<LoopSchedule> lanes =
                    List.of(
                            new LoopSchedule(driven.loop, driven.ports),
                            new LoopSchedule(other, driven.ports));
            LaneLoads loads = new LaneLoads(lanes);
            assertThat(take(loads, lanes, 0, 2_000)).isEqualTo(Map.of(0, 2_000));
            assertThat(take(loads, lanes, 2_000, 2_000)).isEqualTo(Map.of(1, 2_000));
            assertThat(take(loads, lanes, 4_000, 2_000).values())
                    .allSatisfy(number -> assertThat(number).isBetween(900, 1_100));

            for (int i = 0; i < 2_100; i++) {
                loads.release(lanes.getFirst(), SPEC);
            }
            loads.change(lanes.getFirst(), SPEC, SPEC.withInterval(INTERVAL.dividedBy(2)));
            assertThat(take(loads, lanes, 0, 10)).containsOnlyKeys(0);
        }
    }

    private static Map<Integer, Integer> take(
            LaneLoads loads, List<LoopSchedule> lanes, int from, int number) {
        Map<Integer, Integer> taken = new TreeMap<>();
        for (int i = from; i < from + number; i++) {
            LoopSchedule lane =
                    loads.take(
                            ProbeDefinition.create("probe-" + i, SPEC, HandDrivenSchedule.START));
            taken.merge(lanes.indexOf(lane), 1, Integer::sum);
        }
        return taken;
    }
}
