package dev.sonde.eventloop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Calls of a selector that failed. A selector that fails without end neither spins nor fills the
/// log: the loop pauses after each failure, and one line a second gives their number. Owned by the
/// loop's thread.
final class SelectFailures {

    private static final Logger log = LoggerFactory.getLogger(SelectFailures.class);

    static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final String loop;
    private final Ticker ticker;
    private long count;
    private long loggedNanos;
    private boolean isLogged;

    SelectFailures(String loop, Ticker ticker) {
        this.loop = loop;
        this.ticker = ticker;
    }

    /// @param mayWait whether the loop may rest
    void note(Exception cause, boolean mayWait) {
        count++;
        long nowNanos = ticker.read();
        if (!isLogged || nowNanos - loggedNanos >= LINE_NANOS) {
            isLogged = true;
            loggedNanos = nowNanos;
            log.atError()
                    .addKeyValue("loop", loop)
                    .addKeyValue("failures", count)
                    .setCause(cause)
                    .log("the selector failed; deadlines and commands continue");
        }
        if (mayWait) {
            LockSupport.parkNanos(REST_NANOS);
        }
    }
}
