package dev.sonde.bench;

import java.util.List;

/// What the figures should reach, and whether they do.
final class Goals {

    private static final double MICRO = 1_000;

    private final Table table = new Table("goal", "in flight", "wanted", "measured", "");
    private final Results results;

    private Goals(Results results) {
        this.results = results;
    }

    static String of(Results results) {
        Goals goals = new Goals(results);
        for (int inFlight : List.of(Rows.FEW, Rows.MANY)) {
            goals.engine(inFlight, Rows.BARE);
            goals.engine(inFlight, Rows.EAGER);
            goals.evidence(inFlight);
        }
        Series few = results.of(Rows.ENGINE, Rows.FEW);
        goals.atMost(
                "connect time of the engine, p50, us",
                Rows.FEW,
                60,
                few.median(Sample::p50Nanos) / MICRO);
        goals.atLeast(
                "rate: half-open / full handshake",
                Rows.FEW,
                1.1,
                results.of(Rows.HALF_OPEN, Rows.FEW).medianRatioTo(few, Sample::perSecond));
        results.find(Rows.SERVICE, Rows.FEW).ifPresent(goals::service);
        return goals.table.toString();
    }

    private void engine(int inFlight, String than) {
        Series engine = results.of(Rows.ENGINE, inFlight);
        Series bare = results.of(than, inFlight);
        atLeast(
                "rate: engine / " + than,
                inFlight,
                0.85,
                engine.medianRatioTo(bare, Sample::perSecond));
        atMost(
                "CPU: engine / " + than,
                inFlight,
                1.3,
                engine.medianRatioTo(bare, Sample::cpuMicrosEach));
        atMost(
                "bytes: engine - " + than,
                inFlight,
                2_048,
                engine.medianBeyond(bare, Sample::bytesEach));
    }

    private void evidence(int inFlight) {
        Series engine = results.of(Rows.ENGINE, inFlight);
        Series without = results.of(Rows.WITHOUT_EVIDENCE, inFlight);
        atMost(
                "CPU us: the kernel's evidence on - off",
                inFlight,
                1.5,
                engine.medianBeyond(without, Sample::cpuMicrosEach));
        atMost(
                "bytes: the kernel's evidence on - off",
                inFlight,
                512,
                engine.medianBeyond(without, Sample::bytesEach));
    }

    private void service(Series service) {
        Series bare = results.of(Rows.BARE, Rows.FEW);
        atLeast(
                "rate: service over HTTP / " + Rows.BARE,
                Rows.FEW,
                0.6,
                service.medianRatioTo(bare, Sample::perSecond));
    }

    private void atLeast(String what, int inFlight, double wanted, double measured) {
        add(what, inFlight, "at least " + figure(wanted), measured, measured >= wanted);
    }

    private void atMost(String what, int inFlight, double wanted, double measured) {
        add(what, inFlight, "at most " + figure(wanted), measured, measured <= wanted);
    }

    private void add(String what, int inFlight, String wanted, double measured, boolean reached) {
        table.row(
                what,
                Integer.toString(inFlight),
                wanted,
                figure(measured),
                reached ? "reached" : "**missed**");
    }

    private static String figure(double value) {
        return Math.abs(value) >= 10 ? Table.number(value) : Table.ratio(value);
    }
}
