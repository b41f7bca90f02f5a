package dev.sonde.schedule;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.SmartLifecycle;

/// Starts the schedule before the first request, and stops it while loops and store still work.
/// Every started run is therefore reported, counted and stored. Called by Spring's main thread.
final class ScheduleLifecycle implements SmartLifecycle, DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ScheduleLifecycle.class);
    private static final long LONGEST_STOP_SECONDS = 10;

    private final Schedules schedules;

    /// Written by the thread that starts and stops, read by any thread.
    private volatile boolean running;

    /// The start of the schedule, where it goes on beside that thread.
    private @Nullable FutureTask<@Nullable Void> beside;

    ScheduleLifecycle(Schedules schedules) {
        this.schedules = schedules;
    }

    /// Begins to start on a thread of its own: there may be a hundred thousand definitions, and the
    /// rest of the service starts meanwhile. [#start] waits for its end.
    void startBeside() {
        if (!running) {
            running = true;
            FutureTask<@Nullable Void> task = new FutureTask<>(schedules::start, null);
            beside = task;
            Thread.ofPlatform().name("schedule-start").start(task);
        }
    }

    /// A repeated call has no effect.
    @Override
    public void start() {
        if (!running) {
            running = true;
            schedules.start();
        }
        awaitStart();
    }

    private void awaitStart() {
        FutureTask<@Nullable Void> task = beside;
        if (task == null) {
            return;
        }
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while definitions are read", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        var _ =
                schedules
                        .stop()
                        .orTimeout(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)
                        .whenComplete(
                                (_, failure) -> {
                                    if (failure != null) {
                                        log.atWarn().log("scheduled runs did not end in time");
                                    }
                                    callback.run();
                                });
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    /// Stops a schedule whose service failed to start after it; any other is stopped already.
    @Override
    public void destroy() throws InterruptedException {
        if (running) {
            awaitEnd();
            CountDownLatch stopped = new CountDownLatch(1);
            stop(stopped::countDown);
            stopped.await();
        }
    }

    /// A failure has been thrown by [#start].
    private void awaitEnd() throws InterruptedException {
        FutureTask<@Nullable Void> task = beside;
        try {
            if (task != null) {
                task.get();
            }
        } catch (ExecutionException e) {
            log.atDebug().setCause(e).log("the schedule did not start");
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /// Before the web server, which starts among the last.
    @Override
    public int getPhase() {
        return 0;
    }
}
