package dev.sonde.bench;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/// Figures of this build beside those of another one, measured in the same rounds.
///
/// A ratio is 1 where nothing changed and greater where this build is better: rates are divided as
/// now / before, costs as before / now. Each ratio is the median of the rounds' ratios.
final class PairTable {

    /// The bar for the figures of a service.
    static final double WANTED = 0.97;

    /// The bar for the hot path, which pays nothing for what is not requested.
    static final double WANTED_OF_ENGINE = 0.99;

    private final Table table =
            new Table("now beside before", "before", "now", "ratio", "wanted", "");
    private int rows;

    /// A figure of which more is better.
    void rate(String what, double wanted, double[] before, double[] now) {
        add(what, wanted, before, now, medianRatio(now, before));
    }

    /// A figure of which less is better.
    void cost(String what, double wanted, double[] before, double[] now) {
        add(what, wanted, before, now, medianRatio(before, now));
    }

    /// A figure without a goal.
    void fact(String what, double[] before, double[] now) {
        table.row(what, figure(Series.medianOf(before)), figure(Series.medianOf(now)), "", "", "");
    }

    /// Rate and CPU of two rows of connects or probes.
    void both(String what, double wanted, Series before, Series now) {
        rate(
                what + ", a second",
                wanted,
                of(before, Sample::perSecond),
                of(now, Sample::perSecond));
        cost(
                what + ", CPU us each",
                wanted,
                of(before, Sample::cpuMicrosEach),
                of(now, Sample::cpuMicrosEach));
    }

    private void add(String what, double wanted, double[] before, double[] now, double ratio) {
        rows++;
        table.row(
                what,
                figure(Series.medianOf(before)),
                figure(Series.medianOf(now)),
                Table.thousandths(ratio),
                "at least " + Table.ratio(wanted),
                Reach.atLeast(wanted, ratio));
    }

    private static double[] of(Series series, ToDoubleFunction<Sample> figure) {
        return series.samples().stream().mapToDouble(figure).toArray();
    }

    private static double medianRatio(double[] above, double[] below) {
        double[] ratios = new double[above.length];
        Arrays.setAll(ratios, i -> above[i] / below[i]);
        return Series.medianOf(ratios);
    }

    private static String figure(double value) {
        return value >= 100 ? Table.number(value) : Table.ratio(value);
    }

    boolean isEmpty() {
        return rows == 0;
    }

    @Override
    public String toString() {
        return table.toString();
    }
}
