package dev.sonde.check;

import dev.sonde.eventloop.Ticker;
import dev.sonde.probe.finding.Outcome;

/// The counts of a check so far. Guarded by the lock of its [CheckRun].
final class Tally {

    private final long total;
    private final Ticker ticker;
    private final long startedNanos;
    private long succeeded;
    private long failed;
    private long notProbed;
    private long tookNanos;
    private boolean hasEnded;

    Tally(long total, Ticker ticker) {
        this.total = total;
        this.ticker = ticker;
        this.startedNanos = ticker.read();
    }

    void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded _ -> succeeded++;
            case Outcome.Failed _ -> failed++;
            case Outcome.NotProbed _ -> notProbed++;
        }
    }

    /// Whatever has no result by now was not probed.
    void end() {
        notProbed = total - succeeded - failed;
        tookNanos = ticker.read() - startedNanos;
        hasEnded = true;
    }

    CheckSummary summary() {
        long elapsedNanos = hasEnded ? tookNanos : ticker.read() - startedNanos;
        return new CheckSummary(total, succeeded, failed, notProbed, elapsedNanos);
    }
}
