package dev.sonde.schedule;

import static dev.sonde.schedule.FakeRuns.CANCELLED;
import static dev.sonde.schedule.FakeRuns.REFUSED;
import static dev.sonde.schedule.FakeRuns.SUCCEEDED;
import static dev.sonde.schedule.HandDrivenSchedule.INTERVAL;
import static dev.sonde.schedule.HandDrivenSchedule.SPEC;
import static dev.sonde.schedule.HandDrivenSchedule.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.Target;
import dev.sonde.schedule.plan.FailureCounts;
import dev.sonde.schedule.plan.Figure;
import dev.sonde.schedule.plan.FigureColumns;
import dev.sonde.schedule.plan.NotProbedCounts;
import dev.sonde.schedule.plan.ProbeFigures;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
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

        ProbeFigures figures = driven.schedules.figures();
        assertThat(figures.size()).isEqualTo(PROBES);
        for (int i = 0; i < PROBES; i++) {
            assertThat(figures.definition(i).name()).isEqualTo(name(i));
            assertThat(figures.state(i) == ProbeState.PAUSED).isEqualTo(isPaused(i));
            boolean hasFailed = !isPaused(i) && isRefused(name(i));
            assertThat(figures.failures(i)).isEqualTo(hasFailed ? ONCE : null);
            assertThat(figures.number(Figure.TOOK_NANOS, i) == ProbeFigures.UNKNOWN)
                    .isEqualTo(isPaused(i));
        }
    }

    @Test
    void earlierRollTellsNothingOfAProbeThatCameLater() {
        driven.put("a", SPEC);
        driven.runs.atOnce = REFUSED;
        driven.pass(INTERVAL);
        ProbeFigures earlier = driven.schedules.figures();
        driven.delete("a");
        driven.put("b", SPEC.withPaused(true));

        assertThat(earlier.definition(0).name()).isEqualTo("a");
        assertThat(earlier.failures(0)).isEqualTo(ONCE);
        assertThat(driven.schedules.figures().definition(0).name()).isEqualTo("b");
        assertThat(driven.schedules.figures().failures(0)).isNull();
        assertThat(driven.schedules.figures().number(Figure.TOOK_NANOS, 0))
                .isEqualTo(ProbeFigures.UNKNOWN);
    }

    @Test
    void certificateStaysWhileRunsFailBeforeItAndGoesWithItsTarget() {
        driven.put("a", SPEC);
        assertThat(certificateEnd()).isEqualTo(ProbeFigures.UNKNOWN);
        driven.pass(INTERVAL);
        driven.runs.latest().end(SUCCEEDED, List.of(tls(START.plusSeconds(9), null)));
        assertThat(certificateEnd()).isEqualTo(START.plusSeconds(9).getEpochSecond());
        driven.pass(INTERVAL);
        driven.runs.latest().end(REFUSED);
        assertThat(certificateEnd()).isEqualTo(START.plusSeconds(9).getEpochSecond());
        driven.pass(INTERVAL);
        Instant verified = START.plusSeconds(5);
        driven.runs.latest().end(SUCCEEDED, List.of(tls(START.plusSeconds(9), verified)));
        assertThat(certificateEnd()).isEqualTo(verified.getEpochSecond());
        driven.put("a", ProbeSpec.of(new Target("other.example", 443), INTERVAL));
        assertThat(certificateEnd()).isEqualTo(ProbeFigures.UNKNOWN);
    }

    @Test
    void runsAreCountedByOutcomeAndTheLatestFailureIsNamed() {
        driven.put("a", SPEC);
        for (Outcome outcome : List.of(SUCCEEDED, REFUSED, SUCCEEDED, CANCELLED, REFUSED)) {
            driven.pass(INTERVAL);
            driven.runs.latest().end(outcome);
        }
        ProbeFigures figures = driven.schedules.figures();
        assertThat(figures.number(Figure.SUCCESSES, 0)).isEqualTo(2);
        assertThat(FailureCounts.runs(figures.failures(0))).isEqualTo(2);
        assertThat(NotProbedCounts.runs(figures.notProbed(0))).isEqualTo(1);
        assertThat(figures.latestFailure(0)).isEqualTo(REFUSED);
        assertThat(figures.number(Figure.LAST_RUN_MILLIS, 0)).isEqualTo(driven.clock.millis());
        driven.pass(INTERVAL);
        driven.runs.latest().end(CANCELLED);
        assertThat(figures.latestFailure(0)).isNull();
        assertThat(figures.phases(0)).isNull();
    }

    private long certificateEnd() {
        return driven.schedules.figures().number(Figure.CERTIFICATE_END_SECONDS, 0);
    }

    private static TlsReport tls(Instant notAfter, @Nullable Instant verifiedUntil) {
        List<CertificateFacts> chain =
                List.of(
                        new CertificateFacts(
                                "CN=a", "CN=b", List.of(), "01", "ab", START, notAfter));
        boolean isVerified = verifiedUntil != null;
        return new TlsReport(
                null, null, null, "a", chain, isVerified, verifiedUntil, null, false, null);
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
