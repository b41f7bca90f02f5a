package dev.sonde.metrics;

import dev.sonde.probe.keeping.MaintenanceCalendar;
import dev.sonde.schedule.plan.ProbeFigures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The values of all probes' series, read together. The number of series must be known before the
/// first is written. No probe may change between two families. For one thread.
final class ProbeSamples {

    private final List<ProbeSeries> families;
    private final List<SamplePage> pages = new ArrayList<>();
    private int shown;
    private long dropped;

    /// The instant of the samples, and the maintenances.
    ///
    /// @param isQuiet whether no maintenance is active, so no probe has to be checked
    record Moment(Instant at, long millis, MaintenanceCalendar calendar, boolean isQuiet) {

        Moment(Instant at, MaintenanceCalendar calendar) {
            this(at, at.toEpochMilli(), calendar, calendar.isEmpty(at));
        }
    }

    private ProbeSamples(Set<ProbeSeries> families) {
        this.families = families.stream().sorted().toList();
    }

    /// @param mostSeries those of the probes beyond are counted, not shown
    static ProbeSamples take(
            SeriesLabels labels, Set<ProbeSeries> families, int mostSeries, Moment now) {
        ProbeSamples samples = new ProbeSamples(families);
        long[] scratch = new long[SamplePage.PROBES];
        for (int first = 0; first < labels.figures().size(); first += SamplePage.PROBES) {
            samples.pages.add(SamplePage.read(labels, samples.families, now, first, scratch));
        }
        samples.limit(mostSeries);
        return samples;
    }

    private void limit(int mostSeries) {
        long count = 0;
        for (SamplePage page : pages) {
            if (dropped > 0) {
                dropped += page.series();
            } else if (count + page.series() <= mostSeries) {
                count += page.series();
                shown = page.end();
            } else {
                limit(page, mostSeries - count);
            }
        }
    }

    /// Cuts within a page.
    private void limit(SamplePage page, long mostSeries) {
        long left = mostSeries;
        for (int i = page.first(); i < page.end(); i++) {
            int own = count(page, i);
            if (dropped == 0 && own <= left) {
                left -= own;
                shown = i + 1;
            } else {
                dropped += own;
            }
        }
    }

    /// How many series a probe has in all families.
    private int count(SamplePage page, int index) {
        int count = 0;
        for (ProbeSeries family : families) {
            count += family.count(page, index);
        }
        return count;
    }

    /// The families that are wanted, in their order.
    List<ProbeSeries> families() {
        return families;
    }

    /// The probes whose series are shown are those before.
    int shown() {
        return shown;
    }

    /// How many series there are beyond the limit.
    long dropped() {
        return dropped;
    }

    /// Writes series of a family while there is room, those of a page at most.
    ///
    /// @param from the index of the first probe
    /// @return the index of the next one
    int write(ProbeSeries family, int from, SeriesText text) {
        SamplePage page = pages.get(from / SamplePage.PROBES);
        int end = Math.min(page.end(), shown);
        if (page.series(family) == 0) {
            return end;
        }
        return switch (family) {
            case FAILURES, NOT_PROBED, RUNS, PHASES -> writeEach(family, page, from, end, text);
            default -> writeSingle(family, page, from, end, text);
        };
    }

    /// One loop for all these families: a call for each probe would take as long as its text.
    private static int writeSingle(
            ProbeSeries family, SamplePage page, int from, int end, SeriesText text) {
        int next = from;
        for (; next < end && text.hasRoom(); next++) {
            long value = page.value(family, next);
            if (value != ProbeFigures.UNKNOWN) {
                family.more(page, next, family.start(page, next, text));
                family.end(text, value);
            }
        }
        return next;
    }

    private static int writeEach(
            ProbeSeries family, SamplePage page, int from, int end, SeriesText text) {
        int next = from;
        while (next < end && text.hasRoom()) {
            family.write(page, next++, text);
        }
        return next;
    }
}
