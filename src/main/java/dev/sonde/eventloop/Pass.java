package dev.sonde.eventloop;

import java.util.concurrent.TimeUnit;

/// One of the parts of a loop's turn, such as all channels that are ready, and its bound in time.
///
/// The rest waits for the next turn, so that due deadlines and commands get their share. Owned by
/// the loop's thread.
final class Pass {

    static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(8);

    /// Calls that move no bytes are short: the clock is read for one in so many.
    static final int UNTIMED_CALLS = 16;

    private final Ticker ticker;
    private final TurnBudget budget;
    private long startedNanos;
    private int calls;
    private boolean isOver;

    Pass(Ticker ticker, TurnBudget budget) {
        this.ticker = ticker;
        this.budget = budget;
    }

    void begin(long nowNanos) {
        startedNanos = nowNanos;
        calls = 0;
        isOver = false;
    }

    /// Whether its time is used up; read before each further call of a handler.
    boolean isOver() {
        if (!isOver && calls > 0 && (budget.isTouched() || calls % UNTIMED_CALLS == 0)) {
            isOver = ticker.read() - startedNanos >= MOST_NANOS;
        }
        calls++;
        return isOver;
    }
}
