package dev.sonde.check;

import dev.sonde.eventloop.CellRate;
import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.eventloop.EventLoop;
import java.util.concurrent.TimeUnit;

/// Limits the probes that a check starts in a second, evenly spaced. A thousand SYNs in one burst
/// would measure the burst.
///
/// A check that comes late may catch up by at most 10 ms of starts. A start refused arms a deadline
/// on an event loop, which then asks the check to go on. Safe for any thread.
final class CheckPacer implements DeadlineHandler, Command {

    private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final EventLoop loop;
    private final CellRate rate;
    private final CheckRun run;

    private long fullAtNanos;
    private boolean isArmed;

    public CheckPacer(EventLoop loop, int ratePerSecond, CheckRun run) {
        this.loop = loop;
        this.rate = CellRate.of(ratePerSecond, CATCH_UP_NANOS);
        this.run = run;
        this.fullAtNanos = loop.ticker().read() + CATCH_UP_NANOS;
    }

    /// Whether a probe may start now; when not, the check is asked again in time.
    synchronized boolean admits() {
        long nowNanos = loop.ticker().read();
        if (rate.waitNanos(fullAtNanos, nowNanos) == 0) {
            fullAtNanos = rate.fullAtAfter(fullAtNanos, nowNanos);
            return true;
        }
        if (!isArmed) {
            isArmed = true;
            loop.execute(this);
        }
        return false;
    }

    @Override
    public void run() {
        loop.scheduleAt(dueNanos(), this);
    }

    @Override
    public void onDeadline(Deadline deadline) {
        disarm();
        run.startMore();
    }

    @Override
    public void onFailure(Exception cause) {
        onLoopClosed();
    }

    /// A check cannot go on without its loop. The call comes on a thread of its own, because the
    /// calling thread may hold the check's lock.
    @Override
    public void onLoopClosed() {
        Thread.startVirtualThread(run::cancel);
    }

    private synchronized long dueNanos() {
        return fullAtNanos - CATCH_UP_NANOS;
    }

    private synchronized void disarm() {
        isArmed = false;
    }
}
