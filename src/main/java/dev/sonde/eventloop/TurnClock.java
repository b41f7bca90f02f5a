package dev.sonde.eventloop;

import java.util.concurrent.TimeUnit;

/// The instants of a turn's call of its selector and of the return. They give the longest time that
/// an event of this turn has waited for its handler. Owned by the loop's thread.
final class TurnClock {

    /// A selector that took longer than this to come back had nothing ready when it was asked.
    private static final long SLEPT_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

    private final Ticker ticker;
    private long enteredNanos;
    private long selectedNanos;
    private boolean returned = true;
    private boolean slept;

    /// The latest instant at which nothing was ready: the selector's return if it slept, else its
    /// return in the turn before.
    private long quietNanos;

    TurnClock(Ticker ticker) {
        this.ticker = ticker;
        this.selectedNanos = ticker.read();
        this.quietNanos = selectedNanos;
    }

    /// The selector is about to be asked.
    void enter() {
        enteredNanos = ticker.read();
        quietNanos = selectedNanos;
        returned = false;
    }

    /// The selector has answered; called again in the same turn it does nothing.
    ///
    /// @return whether this was the first call of the turn
    boolean returned() {
        if (returned) {
            return false;
        }
        returned = true;
        selectedNanos = ticker.read();
        slept = selectedNanos - enteredNanos > SLEPT_NANOS;
        if (slept) {
            quietNanos = selectedNanos;
        }
        return true;
    }

    /// When the selector came back in this turn.
    long selectedNanos() {
        return selectedNanos;
    }

    /// Whether the selector slept before this turn.
    boolean hasSlept() {
        return slept;
    }

    /// How long, at most, an event that is handled at `nowNanos` has been waiting.
    long lagNanos(long nowNanos) {
        return Math.max(0, nowNanos - quietNanos);
    }
}
