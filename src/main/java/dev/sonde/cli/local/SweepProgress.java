package dev.sonde.cli.local;

import dev.sonde.check.CheckSummary;
import dev.sonde.cli.report.Words;
import dev.sonde.cli.terminal.Terminal;
import java.time.Duration;

/// The bar of a sweep with its rate and the time that is left. For one thread.
final class SweepProgress {

    private static final long EVERY_NANOS = Duration.ofMillis(100).toNanos();
    private static final int BAR = 24;

    private final Terminal terminal;
    private long nextNanos = System.nanoTime();

    SweepProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    /// Draws it, some times a second.
    void show(CheckSummary summary) {
        long now = System.nanoTime();
        if (terminal.canRewriteMessages() && now - nextNanos >= 0) {
            nextNanos = now + EVERY_NANOS;
            terminal.progress(line(summary));
        }
    }

    /// Removes the bar.
    void clear() {
        if (terminal.canRewriteMessages()) {
            terminal.progress("");
        }
    }

    static String line(CheckSummary summary) {
        long done = summary.succeeded() + summary.failed() + summary.notProbed();
        double part = (double) done / summary.total();
        int filled = (int) (part * BAR);
        double perSecond = done / Math.max(summary.tookNanos() / 1e9, 1e-9);
        String left =
                perSecond == 0
                        ? "?"
                        : Words.time((long) ((summary.total() - done) / perSecond * 1e9));
        return "[%s%s] %3.0f %%  %d of %d  %.0f/s  %s left  %d up"
                .formatted(
                        "=".repeat(filled),
                        " ".repeat(BAR - filled),
                        part * 100,
                        done,
                        summary.total(),
                        perSecond,
                        left,
                        summary.succeeded());
    }
}
