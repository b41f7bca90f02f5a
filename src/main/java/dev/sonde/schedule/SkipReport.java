package dev.sonde.schedule;

import dev.sonde.schedule.plan.ScheduleObserver;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log line of planned runs that did not take place, at most once a minute. Counted on event
/// loops, logged on a thread of its own.
final class SkipReport implements ScheduleObserver {

    private static final Logger log = LoggerFactory.getLogger(SkipReport.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final LongAdder skipped = new LongAdder();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("skipped-runs").factory());

    void start() {
        long seconds = EVERY.toSeconds();
        Future<?> _ =
                timer.scheduleWithFixedDelay(this::report, seconds, seconds, TimeUnit.SECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    /// Logs how many were skipped since the last call.
    void report() {
        long runs = skipped.sumThenReset();
        if (runs > 0) {
            log.atWarn()
                    .addKeyValue("runs", runs)
                    .log(
                            "planned runs were skipped: the run before had not ended, or the process"
                                    + " had stood still for longer than the interval");
        }
    }

    @Override
    public void onStart(long latenessNanos) {
        // Lateness is a metric.
    }

    @Override
    public void onSkip(long runs) {
        skipped.add(runs);
    }
}
