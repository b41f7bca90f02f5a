package dev.sonde.maintenance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reports the begin and the end of windows. Its thread sleeps until the next one; what went on at
/// the start of the service is not reported.
final class MaintenanceWatch implements AutoCloseable {

    /// The longest sleep: the clock may be set meanwhile.
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /// A delay beyond which the clock was set, and what lies between is not gone through.
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    /// Begins and ends that one look goes through.
    private static final int MOST_CHANGES = 10_000;

    private final MaintenanceBook book;
    private final Clock clock;
    private final List<MaintenanceObserver> observers;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofVirtual().name("maintenance-watch").factory());

    /// The thread's own, as the next two.
    private Map<UUID, UnderMaintenance> known = Map.of();

    private Instant lookedAt;
    private @Nullable ScheduledFuture<?> next;

    MaintenanceWatch(MaintenanceBook book, Clock clock, List<MaintenanceObserver> observers) {
        this.book = book;
        this.clock = clock;
        this.observers = List.copyOf(observers);
        this.lookedAt = clock.instant();
    }

    void start() {
        thread.execute(
                () -> {
                    known = going(lookedAt);
                    sleep();
                });
        book.onChange(this::wake);
    }

    private void wake() {
        try {
            thread.execute(this::look);
        } catch (RejectedExecutionException _) {
            // The service stops.
        }
    }

    private Map<UUID, UnderMaintenance> going(Instant at) {
        Map<UUID, UnderMaintenance> going = new HashMap<>();
        book.going(at).forEach(each -> going.put(each.maintenance().id(), each));
        return going;
    }

    /// Goes through every begin and end since the last look, however late it is.
    private void look() {
        Instant now = clock.instant();
        boolean isJump =
                now.isBefore(lookedAt)
                        || Duration.between(lookedAt, now).compareTo(LONGEST_DELAY) > 0;
        Instant at = isJump ? now : book.nextChange(lookedAt);
        for (int i = 0; i < MOST_CHANGES && at.isBefore(now); i++) {
            step(at);
            at = book.nextChange(at);
        }
        step(now);
        lookedAt = now;
        sleep();
    }

    private void step(Instant now) {
        Map<UUID, UnderMaintenance> going = going(now);
        known.forEach(
                (id, before) -> {
                    UnderMaintenance there = going.get(id);
                    if (there == null || !there.window().equals(before.window())) {
                        Instant end = before.window().to();
                        report(before, false, end.isBefore(now) ? end : now);
                    }
                });
        going.forEach(
                (id, there) -> {
                    UnderMaintenance before = known.get(id);
                    if (before == null || !before.window().equals(there.window())) {
                        report(there, true, there.window().from());
                    }
                });
        known = going;
    }

    private void report(UnderMaintenance under, boolean isBegin, Instant at) {
        observers.forEach(each -> each.onEvent(new MaintenanceEvent(under, isBegin, at)));
    }

    private void sleep() {
        if (next != null) {
            next.cancel(false);
            next = null;
        }
        Instant now = clock.instant();
        Instant until = book.nextChange(now);
        if (!until.equals(Instant.MAX)) {
            boolean isLong = until.isAfter(now.plus(LONGEST));
            Duration pause = isLong ? LONGEST : Duration.between(now, until).plusMillis(1);
            next = thread.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
