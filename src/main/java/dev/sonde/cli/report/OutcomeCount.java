package dev.sonde.cli.report;

import dev.sonde.probe.finding.Outcome;

/// How many results of each outcome came, and in what time. For one thread.
public final class OutcomeCount {

    private final long startedNanos = System.nanoTime();
    private long succeeded;
    private long failed;
    private long notProbed;

    public void count(Outcome outcome) {
        switch (outcome) {
            case Outcome.Succeeded _ -> succeeded++;
            case Outcome.Failed _ -> failed++;
            case Outcome.NotProbed _ -> notProbed++;
        }
    }

    public long total() {
        return succeeded + failed + notProbed;
    }

    public long succeeded() {
        return succeeded;
    }

    public long failed() {
        return failed;
    }

    public long notProbed() {
        return notProbed;
    }

    public long tookMicros() {
        return (System.nanoTime() - startedNanos) / 1_000;
    }

    /// The exit status: 0 where all are up, 1 where one is down, else 2.
    public int status() {
        if (failed > 0) {
            return 1;
        }
        return notProbed > 0 ? 2 : 0;
    }
}
