package dev.sonde.metrics;

import dev.sonde.schedule.plan.ScheduleObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/// The punctuality of the schedule. Safe for any thread.
@Component
final class ScheduleMeters implements ScheduleObserver {

    private static final Duration[] BUCKETS =
            Stream.of(
                            100,
                            250,
                            500,
                            1_000,
                            2_500,
                            5_000,
                            10_000,
                            20_000,
                            50_000,
                            100_000,
                            250_000,
                            1_000_000,
                            10_000_000)
                    .map(micros -> Duration.ofNanos(micros * 1_000L))
                    .toArray(Duration[]::new);

    private final Timer lateness;
    private final Counter skipped;

    ScheduleMeters(MeterRegistry registry) {
        this.lateness =
                Timer.builder("sonde.schedule.lateness")
                        .description("From a run's planned start to its actual one")
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry);
        this.skipped =
                Counter.builder("sonde.schedule.skipped")
                        .description("Planned runs that did not take place")
                        .register(registry);
    }

    @Override
    public void onStart(long latenessNanos) {
        lateness.record(latenessNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void onSkip(long runs) {
        skipped.increment((double) runs);
    }
}
