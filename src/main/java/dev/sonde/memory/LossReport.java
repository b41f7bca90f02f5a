package dev.sonde.memory;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log lines of shares that dropped or refused something: one line for a share, at most once a
/// minute. Owned by its own thread.
final class LossReport {

    private static final Logger log = LoggerFactory.getLogger(LossReport.class);
    private static final Duration EVERY = Duration.ofMinutes(1);

    private final Iterable<HeapShare> shares;
    private final Map<HeapShare, Counts> logged = new HashMap<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("heap-losses").factory());

    private record Counts(long dropped, long refused) {
        static final Counts NONE = new Counts(0, 0);

        static Counts of(HeapShare share) {
            return new Counts(share.dropped(), share.refused());
        }
    }

    LossReport(Iterable<HeapShare> shares) {
        this.shares = shares;
    }

    void start() {
        long seconds = EVERY.toSeconds();
        Future<?> _ =
                timer.scheduleWithFixedDelay(this::report, seconds, seconds, TimeUnit.SECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    /// Logs the losses since the last call.
    void report() {
        for (HeapShare share : shares) {
            Counts before = logged.getOrDefault(share, Counts.NONE);
            Counts now = Counts.of(share);
            if (!now.equals(before)) {
                logged.put(share, now);
                log.atWarn()
                        .addKeyValue("share", share.name())
                        .addKeyValue("dropped", now.dropped() - before.dropped())
                        .addKeyValue("refused", now.refused() - before.refused())
                        .addKeyValue("used", share.used())
                        .addKeyValue("limit", share.limit())
                        .addKeyValue("property", share.property())
                        .log("a share of the heap is full, and something was dropped or refused");
            }
        }
    }
}
