package dev.sonde.metrics;

import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.spec.Phase;
import dev.sonde.schedule.plan.Figure;
import dev.sonde.schedule.plan.ProbeFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The phases of the latest runs of a page's probes. For one thread.
final class PagePhases {

    /// Of the plain connects.
    private final long[] queueNanos;

    /// [ProbeFigures#UNKNOWN] where the latest run was no plain connect.
    private final long[] connectNanos;

    /// Of the other runs.
    private final @Nullable List<PhaseTime>[] others;

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of lists
    private PagePhases(int size) {
        this.queueNanos = new long[size];
        this.connectNanos = new long[size];
        this.others = new List[size];
    }

    /// A run writes the numbers last, so they are read first.
    static PagePhases read(SamplePage page) {
        PagePhases phases = new PagePhases(page.end() - page.first());
        ProbeFigures figures = page.figures();
        figures.read(Figure.CONNECT_NANOS, page.first(), page.end(), phases.connectNanos);
        figures.read(Figure.QUEUE_NANOS, page.first(), page.end(), phases.queueNanos);
        for (int i = page.first(); i < page.end(); i++) {
            int at = i - page.first();
            if (!page.isRunning(i)) {
                phases.connectNanos[at] = ProbeFigures.UNKNOWN;
            } else if (!phases.isPlain(at)) {
                phases.others[at] = figures.phases(i);
            }
        }
        return phases;
    }

    private boolean isPlain(int at) {
        return connectNanos[at] != ProbeFigures.UNKNOWN;
    }

    /// @param at the probe's place in the page
    int count(int at) {
        List<PhaseTime> other = others[at];
        return isPlain(at) ? 2 : other == null ? 0 : other.size();
    }

    Phase phase(int at, int number) {
        List<PhaseTime> other = others[at];
        return other != null
                ? other.get(number).phase()
                : number == 0 ? Phase.QUEUE : Phase.CONNECT;
    }

    long nanos(int at, int number) {
        List<PhaseTime> other = others[at];
        return other != null
                ? other.get(number).tookNanos()
                : number == 0 ? queueNanos[at] : connectNanos[at];
    }
}
