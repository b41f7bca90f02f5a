package dev.sonde.metrics;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.probe.finding.NotProbedReason;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ResultSink;
import dev.sonde.probe.spec.Phase;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// Counts attempts by how they ended and times their phases. Safe for any thread.
///
/// Every series of the closed lists exists from the start, at 0: a rate over a counter that appears
/// with its first event misses that event.
@Component
final class ProbeMeters implements ResultSink {

    /// From what loopback takes to the longest timeouts in use.
    private static final Duration[] BUCKETS =
            Stream.of(
                            25,
                            50,
                            100,
                            250,
                            500,
                            1_000,
                            2_500,
                            5_000,
                            10_000,
                            25_000,
                            50_000,
                            100_000,
                            250_000,
                            500_000,
                            1_000_000,
                            2_500_000,
                            5_000_000,
                            10_000_000,
                            30_000_000)
                    .map(micros -> Duration.ofNanos(micros * 1_000L))
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Counter succeeded;
    private final Map<FailureReason, Counter> failed;
    private final Map<NotProbedReason, Counter> notProbed;
    private final Map<Phase, Timer> phases;

    ProbeMeters(MeterRegistry registry) {
        this.registry = registry;
        this.succeeded = attempts(Outcome.SUCCEEDED, "connected");
        this.failed = each(FailureReason.class, reason -> attempts(Outcome.FAILED, reason.label()));
        this.notProbed =
                each(NotProbedReason.class, reason -> attempts(Outcome.NOT_PROBED, reason.label()));
        this.phases = each(Phase.class, this::timer);
    }

    @Override
    public void accept(ProbeResult result) {
        for (AttemptResult attempt : result.attempts()) {
            counter(attempt.outcome()).increment();
            for (PhaseTime phase : attempt.phases()) {
                timerOf(phase.phase()).record(phase.tookNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private Counter counter(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Succeeded _ -> succeeded;
            case Outcome.Failed f -> there(failed, f.reason());
            case Outcome.NotProbed n -> there(notProbed, n.reason());
        };
    }

    private Timer timerOf(Phase phase) {
        return there(phases, phase);
    }

    private Counter attempts(String outcome, String reason) {
        return Counter.builder("sonde.probe.attempts")
                .description("Attempts that ended, by outcome and reason")
                .tag("outcome", outcome)
                .tag("reason", reason)
                .register(registry);
    }

    private Timer timer(Phase phase) {
        return Timer.builder("sonde.probe.phase.duration")
                .description("How long attempts spent in a phase")
                .tag("phase", phase.label())
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static <K extends Enum<K>, V> Map<K, V> each(Class<K> keys, Function<K, V> make) {
        Map<K, V> map = new EnumMap<>(keys);
        for (K key : keys.getEnumConstants()) {
            map.put(key, make.apply(key));
        }
        return map;
    }

    private static <K, V> V there(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new IllegalStateException("no meter for " + key);
        }
        return value;
    }
}
