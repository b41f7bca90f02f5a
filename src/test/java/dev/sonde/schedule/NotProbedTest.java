package dev.sonde.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.schedule.plan.NotProbedCounts;
import dev.sonde.schedule.plan.NotProbedStreak;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A probe whose runs ask nothing of the target is seen to be one.
class NotProbedTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Outcome OVERLOADED =
            new Outcome.NotProbed(NotProbedReason.OVERLOADED, Phase.QUEUE, "no room");

    private final HandDrivenSchedule schedule = new HandDrivenSchedule();

    @BeforeEach
    void runFiveTimesInVain() {
        schedule.runs.atOnce = OVERLOADED;
        schedule.put("a", ProbeSpec.of(new Target("127.0.0.1", 1), INTERVAL));
        for (int i = 0; i < 5; i++) {
            schedule.pass(INTERVAL);
        }
    }

    @Test
    void theStreakIsInTheView() {
        NotProbedStreak streak = schedule.view("a").notProbed();
        assertThat(Objects.requireNonNull(streak).runs()).isEqualTo(5);
        assertThat(streak.reason()).isEqualTo(NotProbedReason.OVERLOADED);
        assertThat(schedule.schedules.neglected()).isOne();
        assertThat(schedule.schedules.list().neglected(10)).containsExactly("a");
    }

    @Test
    void everyRunIsCountedByReason() {
        assertThat(schedule.schedules.figures().notProbed(0))
                .isEqualTo(new NotProbedCounts(NotProbedReason.OVERLOADED, 5, null));
    }

    @Test
    void theStreakEndsWithARunThatAsks() {
        schedule.runs.atOnce = FakeRuns.SUCCEEDED;
        schedule.pass(INTERVAL);
        assertThat(schedule.view("a").notProbed()).isNull();
        assertThat(schedule.schedules.neglected()).isZero();
    }

    @Test
    void nothingIsExpectedOfAProbeThatIsGone() {
        schedule.delete("a");
        assertThat(schedule.schedules.neglected()).isZero();
    }
}
