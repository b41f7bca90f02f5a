package dev.sonde.schedule;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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

    ScheduleLifecycle(Schedules schedules) {
        this.schedules = schedules;
    }

    /// A repeated call has no effect.
    @Override
    public void start() {
        if (!running) {
            running = true;
            schedules.start();
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
            CountDownLatch stopped = new CountDownLatch(1);
            stop(stopped::countDown);
            stopped.await();
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
