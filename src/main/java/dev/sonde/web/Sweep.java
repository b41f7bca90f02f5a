package dev.sonde.web;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that closes requests that take too long, once a second. It logs the closed ones at
/// most once a minute. Without connections it waits for one.
final class Sweep {

    private static final Logger log = LoggerFactory.getLogger(Sweep.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration LOGGED_EVERY = Duration.ofMinutes(1);

    private final Connections connections;
    private final Pace pace;
    private final AtomicReference<@Nullable String> refused = new AtomicReference<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("http-sweep").factory());

    /// Whether a look is scheduled; changed under the lock, read by any thread.
    private volatile boolean isActive;

    /// The two counts at the last line, and its time. The timer's own.
    private long loggedForLimit;

    private long loggedForTimeout;
    private long loggedNanos = System.nanoTime() - LOGGED_EVERY.toNanos();

    /// The rest of the server, which need not look at its clock without connections.
    interface Pace {
        void set(boolean isActive);
    }

    Sweep(Connections connections, Pace pace) {
        this.connections = connections;
        this.pace = pace;
        pace.set(false);
    }

    /// There is a connection. Called by the accepting thread.
    void wake() {
        if (!isActive) {
            synchronized (this) {
                if (!isActive) {
                    isActive = true;
                    pace.set(true);
                    schedule(this::run, LOOK_EVERY);
                }
            }
        }
    }

    boolean isActive() {
        return isActive;
    }

    void stop() {
        timer.shutdownNow();
    }

    /// May be called by the accepting thread.
    void onRefusedAccept(IOException e) {
        refused.set(String.valueOf(e.getMessage()));
        wake();
    }

    private void schedule(Runnable work, Duration after) {
        try {
            var _ = timer.schedule(work, after.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException _) {
            // The server stops, and its connections with it.
        }
    }

    private void run() {
        try {
            connections.sweep();
            reportWhenDue();
        } catch (RuntimeException e) {
            log.atError().setCause(e).log("a check of the HTTP connections failed");
        }
        goOnOrRest();
    }

    private synchronized void goOnOrRest() {
        // In this order: a connection that finds it active is found here.
        isActive = false;
        if (connections.sockets() > 0) {
            isActive = true;
            schedule(this::run, LOOK_EVERY);
            return;
        }
        pace.set(false);
        if (isUnreported()) {
            schedule(this::reportWhenDue, LOGGED_EVERY);
        }
    }

    private boolean isUnreported() {
        return refused.get() != null
                || connections.closedForLimit() != loggedForLimit
                || connections.closedForTimeout() != loggedForTimeout;
    }

    private void reportWhenDue() {
        long nowNanos = System.nanoTime();
        if (nowNanos - loggedNanos >= LOGGED_EVERY.toNanos() && isUnreported()) {
            report(nowNanos);
        }
    }

    private void report(long nowNanos) {
        long forLimit = connections.closedForLimit();
        long forTimeout = connections.closedForTimeout();
        String why = refused.getAndSet(null);
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
