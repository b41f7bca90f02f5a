package dev.sonde.web;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that closes requests that take too long, once a second. It logs the closed ones at
/// most once a minute.
final class Sweep {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final Duration LOGGED_EVERY = Duration.ofMinutes(1);

    private final Connections connections;
    private final AtomicReference<@Nullable String> refused = new AtomicReference<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("http-sweep").factory());

    /// The two counts at the last line, and its time. The timer's own.
    private long loggedForLimit;

    private long loggedForTimeout;
    private long loggedNanos = System.nanoTime() - LOGGED_EVERY.toNanos();

    Sweep(Connections connections) {
        this.connections = connections;
    }

    void start() {
        Future<?> _ = timer.scheduleWithFixedDelay(this::run, 1, 1, TimeUnit.SECONDS);
    }

    void stop() {
        timer.shutdownNow();
    }

    /// May be called by the accepting thread.
    void onRefusedAccept(IOException e) {
        refused.set(String.valueOf(e.getMessage()));
    }

    private void run() {
        try {
            connections.sweep();
            long nowNanos = System.nanoTime();
            if (nowNanos - loggedNanos >= LOGGED_EVERY.toNanos()) {
                report(nowNanos);
            }
        } catch (RuntimeException e) {
            // The timer would end with it.
            log.atError().setCause(e).log("a look at the connections failed");
        }
    }

    private void report(long nowNanos) {
        long forLimit = connections.closedForLimit();
        long forTimeout = connections.closedForTimeout();
        String why = refused.getAndSet(null);
        if (forLimit == loggedForLimit && forTimeout == loggedForTimeout && why == null) {
            return;
        }
        log.atWarn()
                .addKeyValue("open", connections.open())
                .addKeyValue("limit", connections.limits().total())
                .addKeyValue("perAddress", connections.limits().perPeer())
                .addKeyValue("closedForLimit", forLimit - loggedForLimit)
                .addKeyValue("closedForTimeout", forTimeout - loggedForTimeout)
                .addKeyValue("acceptRefused", why == null ? "no" : why)
                .log("HTTP connections were closed (sonde.api.connections)");
        loggedForLimit = forLimit;
        loggedForTimeout = forTimeout;
        loggedNanos = nowNanos;
    }
}
