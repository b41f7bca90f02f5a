package dev.sonde.cli.local;

import dev.sonde.cli.report.Words;
import dev.sonde.cli.terminal.Colour;
import dev.sonde.cli.terminal.Terminal;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.Target;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A watched target and the results of its latest runs. For one thread.
final class WatchedTarget {

    /// Runs in the strip.
    static final int STRIP = 60;

    private final Target target;
    private final Deque<Outcome> strip = new ArrayDeque<>();
    private @Nullable ProbeResult last;
    private @Nullable Long rttMicros;
    private long syns;
    private long lost;

    WatchedTarget(Target target) {
        this.target = target;
    }

    void add(ProbeResult result) {
        last = result;
        strip.addLast(result.outcome());
        if (strip.size() > STRIP) {
            strip.removeFirst();
        }
        AttemptResult deciding = result.deciding();
        rttMicros = deciding.evidence().rttMicros();
        Long repeated = deciding.evidence().synRetransmits();
        if (repeated != null) {
            syns += 1 + repeated;
            lost += repeated + (deciding.evidence().rttMicros() == null && isTimeout() ? 1 : 0);
        }
    }

    private boolean isTimeout() {
        return last != null && last.outcome().reasonLabel().equals("timed_out");
    }

    String name() {
        return target.toString();
    }

    String word() {
        return last == null ? "pending" : Words.reason(last.outcome());
    }

    Colour colour() {
        return last == null ? Colour.DIM : Words.colour(last.outcome());
    }

    String time() {
        return last == null ? "" : Words.time(last.deciding());
    }

    String meaning() {
        return last == null ? "" : Words.meaning(last);
    }

    /// The latest round trip, as the kernel measured it.
    String roundTrip() {
        return rttMicros == null ? "-" : Words.time(rttMicros * 1_000);
    }

    /// The part of SYNs without an answer, in percent.
    String loss() {
        return syns == 0 ? "-" : String.format(Locale.ROOT, "%.0f %%", 100.0 * lost / syns);
    }

    /// One character a run, the latest at the right: `|` up, `x` down, `?` not probed.
    String strip(Terminal terminal, int width) {
        StringBuilder drawn = new StringBuilder();
        int skipped = Math.max(0, strip.size() - width);
        for (Outcome outcome : strip) {
            if (skipped-- > 0) {
                continue;
            }
            String sign =
                    switch (outcome) {
                        case Outcome.Succeeded _ -> "|";
                        case Outcome.Failed _ -> "x";
                        case Outcome.NotProbed _ -> "?";
                    };
            drawn.append(terminal.in(Words.colour(outcome), sign));
        }
        return drawn.toString();
    }
}
