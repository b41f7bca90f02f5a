package dev.sonde.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {

    @ParameterizedTest
    @ValueSource(ints = {50, 95, 99})
    void percentileIsWithinFivePercentOfTheMeasuredOne(int percent) {
        Random random = new Random(7);
        long[] measured = new long[10_000];
        Distribution distribution = new Distribution();
        for (int i = 0; i < measured.length; i++) {
            measured[i] = Math.round(Math.exp(random.nextDouble() * 16));
            distribution.add(measured[i]);
        }
        Arrays.sort(measured);
        long exact = measured[measured.length * percent / 100 - 1];
        assertThat(distribution.percentileMicros(percent)).isCloseTo(exact, withinPercentage(5));
        assertThat(distribution.maxMicros()).isEqualTo(measured[measured.length - 1]);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 31, 32, 33, 1_000, 60_000_000, Long.MAX_VALUE})
    void oneTimeIsEveryPercentile(long micros) {
        Distribution distribution = new Distribution();
        distribution.add(micros);
        assertThat(distribution.percentileMicros(50))
                .isLessThanOrEqualTo(micros)
                .isCloseTo(micros, withinPercentage(5));
    }

    @Test
    void bucketsAreTheSameWhenReadAgain() {
        Totals totals = new Totals();
        totals.count(3, 2, 1);
        totals.addFailed("refused", 7);
        totals.addUnwatched(1_234_567);
        totals.connect().add(0);
        totals.connect().add(812);
        totals.rtt().add(61);
        byte[] bytes = BucketCodec.write(List.of(new Bucket(60, totals), new Bucket(120, totals)));
        List<Bucket> read = BucketCodec.read(bytes);
        assertThat(read).extracting(Bucket::at).containsExactly(60L, 120L);
        assertThat(read.getLast().totals()).usingRecursiveComparison().isEqualTo(totals);
        assertThat(bytes).hasSizeLessThan(90);
    }

    @Test
    void classesAreTheSameWhenReadAgainWhereverTheyAreAndHoweverFull() {
        Totals totals = new Totals();
        int at = 0;
        for (int distance : List.of(3, 1, 4, 5, 1, 300)) {
            at += distance;
            totals.connect().add(at, 64 - distance % 3);
            totals.lateness().add(at, distance);
        }
        byte[] bytes = BucketCodec.write(List.of(new Bucket(60, totals)));
        Totals read = BucketCodec.read(bytes).getFirst().totals();
        assertThat(read).usingRecursiveComparison().isEqualTo(totals);
    }

    @Test
    void bucketOfAnEarlierVersionIsRead() {
        byte[] bytes = {2, 60, 3, 0, 0, 0, 0, 2, 9, 5, 1, 4, 2, 0, 0, 3, 0, 0, 0, 0};
        Totals expected = new Totals();
        expected.count(3, 0, 0);
        expected.judged(3, 0);
        expected.connect().add(5, 1);
        expected.connect().add(9, 2);
        expected.connect().raiseMax(9);
        Totals read = BucketCodec.read(bytes).getFirst().totals();
        assertThat(read).usingRecursiveComparison().isEqualTo(expected);
    }
}
