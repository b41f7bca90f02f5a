package dev.sonde.eventloop;

import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The calls of handlers in one turn of a loop: of ready channels, of the ready list, of due
/// deadlines.
///
/// Each call has a [TurnBudget] of its own and each part of the turn is a [Pass]. The rest waits
/// for the next turn. Whatever a handler throws reaches that handler and stops there. Owned by the
/// loop's thread.
final class Dispatch {

    private static final Logger log = LoggerFactory.getLogger(Dispatch.class);

    private final Ticker ticker;
    private final TurnBudget budget;
    private final Pass pass;
    private final Deadlines deadlines = new Deadlines();
    private final ReadyList ready = new ReadyList();

    /// The first so many of the ready list include all that the selector reported.
    private int postponed;

    Dispatch(Ticker ticker) {
        this.ticker = ticker;
        this.budget = new TurnBudget(ticker);
        this.pass = new Pass(ticker, budget);
    }

    Deadlines deadlines() {
        return deadlines;
    }

    ReadyList ready() {
        return ready;
    }

    TurnBudget budget() {
        return budget;
    }

    /// A part of the turn begins now.
    Pass begin() {
        return begin(ticker.read());
    }

    /// A part of the turn began.
    Pass begin(long nowNanos) {
        pass.begin(nowNanos);
        return pass;
    }

    /// A channel is ready. Its handler is called now, or in the next turn if the time is used up.
    void fireReady(ChannelHandler handler, int readyOps) {
        if (pass.isOver()) {
            ready.add(handler, readyOps);
            postponed = ready.size();
        } else {
            call(handler, readyOps);
        }
    }

    /// Whether a channel that the selector reported still waits for its call.
    boolean hasPostponed() {
        return postponed > 0;
    }

    /// Calls handlers of the ready list.
    ///
    /// @param most those that waited when the turn began
    void fireAgain(int most) {
        if (most == 0) {
            return;
        }
        pass.begin(ticker.read());
        for (int i = 0; i < most && !pass.isOver(); i++) {
            Map.Entry<ChannelHandler, Integer> next = ready.poll();
            postponed = Math.max(0, postponed - 1);
            if (next == null) {
                return;
            }
            call(next.getKey(), next.getValue());
        }
    }

    /// Calls handlers whose deadlines are due, earliest first.
    ///
    /// @param hasSlept whether the loop was woken for this turn
    void fireDeadlines(boolean hasSlept) {
        long nowNanos = ticker.read();
        pass.begin(nowNanos);
        int near = 0;
        for (Deadline due = deadlines.next(nowNanos, hasSlept);
                due != null && !pass.isOver();
                due = deadlines.next(nowNanos, hasSlept && near < Deadlines.GROUP)) {
            near += due instanceof NearDeadline ? 1 : 0;
            // An answer that has come wins over a deadline.
            if (due.handler instanceof ChannelHandler both) {
                Integer readyOps = ready.remove(both);
                if (readyOps != null) {
                    postponed = Math.min(postponed, ready.size());
                    call(both, readyOps);
                }
            }
            if (due.number != Deadline.NOT_QUEUED) {
                deadlines.fire(due);
                fire(due);
                deadlines.release(due);
            }
        }
    }

    /// Reports the loop's end to the handlers of deadlines, and clears the ready list.
    void close() {
        deadlines.handlers().forEach(Dispatch::tellClosed);
        ready.clear();
        postponed = 0;
    }

    private void call(ChannelHandler handler, int readyOps) {
        budget.begin();
        try {
            handler.onReady(readyOps);
        } catch (Throwable e) {
            fail(handler, e);
        }
    }

    private void fire(Deadline due) {
        budget.begin();
        try {
            due.handler.onDeadline(due);
        } catch (Throwable e) {
            fail(due.handler, e);
        }
    }

    static void tellClosed(Handler handler) {
        try {
            handler.onLoopClosed();
        } catch (Throwable e) {
            log.atError()
                    .addKeyValue("handler", handler)
                    .setCause(e)
                    .log("a handler failed at the close of its loop");
        }
    }

    /// An error ends its handler, never the loop. At the limit of descriptors or memory even a
    /// class can fail to load. The other handlers must still be notified.
    private static void fail(Handler handler, Throwable cause) {
        try {
            handler.onFailure(
                    cause instanceof Exception e
                            ? e
                            : new IllegalStateException("a handler ended in an Error", cause));
        } catch (Throwable e) {
            e.addSuppressed(cause);
            log.atError()
                    .addKeyValue("handler", handler)
                    .setCause(e)
                    .log("onFailure of a handler failed");
        }
    }
}
