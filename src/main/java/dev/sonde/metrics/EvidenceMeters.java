package dev.sonde.metrics;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.spec.Phase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// The kernel's figures on attempts, and their distance to our own measurement. Safe for any
/// thread.
@Component
final class EvidenceMeters implements ResultSink {

    private static final Duration[] BUCKETS =
            Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000)
                    .map(micros -> Duration.ofNanos(micros * 1_000L))
                    .toArray(Duration[]::new);

    private final Counter retransmits;
    private final Timer error;

    EvidenceMeters(MeterRegistry registry) {
        this.retransmits =
                Counter.builder("sonde.syn.retransmits")
                        .description("SYNs that were repeated for want of an answer")
                        .register(registry);
        this.error =
                Timer.builder("sonde.probe.observation.error")
                        .description("Connect phase less the kernel's round trip: our own delay")
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry);
    }

    @Override
    public void accept(ProbeResult result) {
        for (AttemptResult attempt : result.attempts()) {
            Evidence evidence = attempt.evidence();
            Long repeated = evidence.synRetransmits();
            if (repeated != null && repeated > 0) {
                retransmits.increment(repeated);
            }
            Long rttMicros = evidence.rttMicros();
            boolean isExact = Boolean.FALSE.equals(evidence.rttCoarse());
            if (rttMicros != null && isExact && attempt.outcome() instanceof Outcome.Succeeded) {
                record(attempt, rttMicros);
            }
        }
    }

    private void record(AttemptResult attempt, long rttMicros) {
        for (PhaseTime phase : attempt.phases()) {
            if (phase.phase() == Phase.CONNECT) {
                // The kernel rounds its round trip to microseconds, so it can be the longer one.
                error.record(
                        Math.max(0, phase.tookNanos() - rttMicros * 1_000), TimeUnit.NANOSECONDS);
            }
        }
    }
}
