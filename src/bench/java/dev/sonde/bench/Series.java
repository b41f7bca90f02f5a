package dev.sonde.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// All samples of one contender, one a round.
record Series(Contender contender, List<Sample> samples) {

    Series {
        samples = List.copyOf(samples);
    }

    double median(ToDoubleFunction<Sample> figure) {
        return medianOf(samples.stream().mapToDouble(figure).toArray());
    }

    /// The median of the rounds' ratios: what disturbed a whole round falls out.
    double medianRatioTo(Series base, ToDoubleFunction<Sample> figure) {
        return medianOf(
                rounds().mapToDouble(
                                i ->
                                        figure.applyAsDouble(samples.get(i))
                                                / figure.applyAsDouble(base.samples.get(i)))
                        .toArray());
    }

    /// The median of the rounds' differences.
    double medianBeyond(Series base, ToDoubleFunction<Sample> figure) {
        return medianOf(
                rounds().mapToDouble(
                                i ->
                                        figure.applyAsDouble(samples.get(i))
                                                - figure.applyAsDouble(base.samples.get(i)))
                        .toArray());
    }

    long failed() {
        return samples.stream().mapToLong(Sample::failed).sum();
    }

    private IntStream rounds() {
        return IntStream.range(0, samples.size());
    }

    static double medianOf(double[] values) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
