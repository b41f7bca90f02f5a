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
            goals.engine(inFlight);
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

    /// Beside the loop that asks at once, as the engine does.
    private void engine(int inFlight) {
        Series engine = results.of(Rows.ENGINE, inFlight);
        Series bare = results.of(Rows.EAGER, inFlight);
        atLeast(
                "rate: engine / " + Rows.EAGER,
                inFlight,
                0.95,
                engine.medianRatioTo(bare, Sample::perSecond));
        atMost(
                "CPU: engine / " + Rows.EAGER,
                inFlight,
                1.05,
                engine.medianRatioTo(bare, Sample::cpuMicrosEach));
        atMost(
                "bytes: engine - " + Rows.EAGER,
                inFlight,
                700,
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
                0.8,
                service.medianRatioTo(bare, Sample::perSecond));
        atMost(
                "CPU: service over HTTP / " + Rows.BARE,
                Rows.FEW,
                1.5,
                service.medianRatioTo(bare, Sample::cpuMicrosEach));
    }

    private void atLeast(String what, int inFlight, double wanted, double measured) {
        add(
                what,
                inFlight,
                "at least " + figure(wanted),
                measured,
                Reach.atLeast(wanted, measured));
    }

    private void atMost(String what, int inFlight, double wanted, double measured) {
        add(what, inFlight, "at most " + figure(wanted), measured, Reach.atMost(wanted, measured));
    }

    private void add(String what, int inFlight, String wanted, double measured, String reach) {
        table.row(what, Integer.toString(inFlight), wanted, figure(measured), reach);
    }

    private static String figure(double value) {
        return Math.abs(value) >= 10 ? Table.number(value) : Table.ratio(value);
    }
}
