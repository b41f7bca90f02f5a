package dev.sonde.api.event;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A task of the dispatcher's thread that waits there at most once. Safe for any thread.
final class PendingTurn {

    private final Runnable task;
    private final long delayNanos;

    /// Set by the threads that request the task, cleared by the thread that runs it.
    private final AtomicBoolean isPending = new AtomicBoolean();

    PendingTurn(Runnable task, long delayNanos) {
        this.task = task;
        this.delayNanos = delayNanos;
    }

    /// Has the task run after the delay, unless it waits already.
    ///
    /// @param thread absent before the start
    void request(@Nullable ScheduledExecutorService thread) {
        if (thread != null && !isPending.get() && isPending.compareAndSet(false, true)) {
            try {
                var _ = thread.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException _) {
                // The service stops: every subscriber is sent away.
            }
        }
    }

    /// The task begins, so the next request counts.
    void begin() {
        isPending.set(false);
    }
}
