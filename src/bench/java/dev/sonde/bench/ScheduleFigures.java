package dev.sonde.bench;

import java.time.Duration;
import java.util.List;

/// What the measured time of [ScheduleLoad] came to.
///
/// @param created how long the creation of all probes took
/// @param meters what the service's meters counted
/// @param used by the service, scrapes included
record ScheduleFigures(
        int probes,
        Duration created,
        Meters meters,
        Usage used,
        HeapWatch heap,
        List<Scrape> scrapes) {

    private static final double MEGA = 1e6;
    private static final double NANOS = 1e9;
    private static final double MEBI = 1_048_576;

    Table table() {
        double seconds = used.atNanos() / NANOS;
        Table table = new Table("figure", "measured");
        table.row("probes, created in", Table.number(probes) + ", " + seconds(created));
        table.row("measured for", Table.tenths(seconds) + " s");
        table.row("runs / skipped", count(runs()) + " / " + count(meters.sum(Meters.SKIPPED)));
        table.row("attempts that did not succeed", count(unsuccessful()));
        table.row("runs per second", Table.number(runsPerSecond()));
        table.row(
                "lateness p50 / p99 / p99.9, ms",
                Table.ratio(latenessMillis(0.5))
                        + " / "
                        + Table.ratio(latenessMillis(0.99))
                        + " / "
                        + Table.ratio(latenessMillis(0.999)));
        table.row("results written per second", count(perSecond(Meters.WRITTEN)));
        table.row("CPU, cores", Table.ratio((double) used.cpuNanos() / used.atNanos()));
        table.row("CPU us per run, all included", Table.tenths(cpuMicrosPerRun()));
        table.row("bytes allocated per run", Table.number(bytesPerRun()));
        table.row("heap, most used, MiB", Table.number(heap.mostBytes() / MEBI));
        table.row("heap, most after a collection, MiB", Table.number(heap.mostAfterBytes() / MEBI));
        table.row("scrapes", Table.number(scrapes.size()));
        table.row(
                "scrape, median / longest, ms",
                Table.number(scrapeMillis(0.5)) + " / " + Table.number(scrapeMillis(1)));
        table.row("scrape, MB", Table.tenths(scrapeMegabytes()));
        return table;
    }

    /// @param whole what the meters counted from before the first probe until all was written
    GoalTable goals(Meters whole) {
        long ended = whole.sum(Meters.ATTEMPTS);
        long written = whole.sum(Meters.WRITTEN);
        long buffered = whole.sum(Meters.BUFFERED);
        long lost = whole.sum(Meters.LOST);
        System.out.printf(
                "From the first run to the last: %s attempts ended = %s results written + %s buffered"
                        + " + %s lost + %s unaccounted for.%n%n",
                count(ended),
                count(written),
                count(buffered),
                count(lost),
                count(ended - written - buffered - lost));
        GoalTable goals = new GoalTable();
        goals.atMost("lateness p99, ms", 20, latenessMillis(0.99));
        goals.atMost(
                "results unaccounted for", 0, (double) Math.abs(ended - written - buffered - lost));
        goals.atMost("results lost", 0, (double) lost);
        goals.atMost("heap, most used, MiB", 700, heap.mostBytes() / MEBI);
        goals.atMost("scrape, median, ms", 80, scrapeMillis(0.5));
        return goals;
    }

    double runsPerSecond() {
        return runs() * NANOS / used.atNanos();
    }

    double cpuMicrosPerRun() {
        return used.cpuNanos() / 1e3 / runs();
    }

    double bytesPerRun() {
        return (double) used.allocatedBytes() / runs();
    }

    double scrapeMegabytes() {
        return scrapes.getLast().bytes() / MEGA;
    }

    double skipped() {
        return meters.sum(Meters.SKIPPED);
    }

    private long runs() {
        return meters.sum(Meters.LATENESS + "_count");
    }

    long unsuccessful() {
        return meters.sum(Meters.ATTEMPTS) - meters.sum(Meters.ATTEMPTS, "outcome=\"succeeded\"");
    }

    double latenessMillis(double quantile) {
        return meters.quantileSeconds(Meters.LATENESS, quantile) * 1e3;
    }

    double scrapeMillis(double quantile) {
        long[] sorted = scrapes.stream().mapToLong(Scrape::tookNanos).sorted().toArray();
        return sorted[(int) (quantile * (sorted.length - 1))] / 1e6;
    }

    private long perSecond(String counter) {
        return Math.round(meters.sum(counter) * 1e9 / used.atNanos());
    }

    static String seconds(Duration took) {
        return Table.tenths(took.toMillis() / 1e3) + " s";
    }

    private static String count(long number) {
        return Table.number((double) number);
    }
}
