package dev.sonde.schedule;

import static dev.sonde.schedule.FakeRuns.REFUSED;
import static dev.sonde.schedule.FakeRuns.SUCCEEDED;
import static dev.sonde.schedule.HandDrivenSchedule.INTERVAL;
import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.schedule.plan.FailureCounts;
import dev.sonde.schedule.plan.FigureColumns;
import dev.sonde.schedule.plan.ProbeFigures;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProbeFiguresTest {

    /// More than have room in the same columns.
    private static final int PROBES = 2 * FigureColumns.ROWS + 88;

    private static final FailureCounts ONCE = new FailureCounts(FailureReason.REFUSED, 1, null);

    private final HandDrivenSchedule driven = new HandDrivenSchedule(10_000_000);

    @AfterEach
    void close() {
        driven.close();
    }

    @Test
    void rollTellsOfEachProbeWhenThereAreMany() {
        driven.schedules.putAll(
                IntStream.range(0, PROBES)
                        .mapToObj(i -> new NamedSpec(name(i), SPEC.withPaused(isPaused(i))))
                        .toList());
        driven.loop.turn();
        driven.pass(INTERVAL);
        for (FakeRuns.Run run : List.copyOf(driven.runs.going)) {
            run.end(isRefused(run.probe) ? REFUSED : SUCCEEDED);
        }

        ProbeFigures roll = driven.schedules.roll();
        assertThat(roll.size()).isEqualTo(PROBES);
        for (int i = 0; i < PROBES; i++) {
            assertThat(roll.definition(i).name()).isEqualTo(name(i));
            assertThat(roll.state(i) == ProbeState.PAUSED).isEqualTo(isPaused(i));
            boolean hasFailed = !isPaused(i) && isRefused(name(i));
            assertThat(roll.failures(i)).isEqualTo(hasFailed ? ONCE : null);
            assertThat(roll.tookNanos(i) == ProbeFigures.UNKNOWN).isEqualTo(isPaused(i));
        }
    }

    @Test
    void earlierRollTellsNothingOfAProbeThatCameLater() {
        driven.put("a", SPEC);
        driven.runs.atOnce = REFUSED;
        driven.pass(INTERVAL);
        ProbeFigures earlier = driven.schedules.roll();
        driven.delete("a");
        driven.put("b", SPEC.withPaused(true));

        assertThat(earlier.definition(0).name()).isEqualTo("a");
        assertThat(earlier.failures(0)).isEqualTo(ONCE);
        assertThat(driven.schedules.roll().definition(0).name()).isEqualTo("b");
        assertThat(driven.schedules.roll().failures(0)).isNull();
        assertThat(driven.schedules.roll().tookNanos(0)).isEqualTo(ProbeFigures.UNKNOWN);
    }

    private static String name(int index) {
        return "p-%03d".formatted(index);
    }

    private static boolean isPaused(int index) {
        return index % 3 == 0;
    }

    private static boolean isRefused(String name) {
        return name.hashCode() % 2 == 0;
    }
}
