package dev.sonde.attempt.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ConnectPacerTest {

    private static final long NOW = Long.MAX_VALUE - 5;
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final InetAddress TARGET = InetAddress.getLoopbackAddress();

    @Test
    void tenMillisecondsWorthMayLeaveAtOnce() {
        ConnectPacer pacer = new ConnectPacer(1_000, 1_000_000, Long.MAX_VALUE, NOW);
        assertThat(LongStream.range(0, 12).map(_ -> pacer.reserve(TARGET, NOW)))
                .startsWith(0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L, 0L)
                .endsWith(5 * MILLI, 5 * MILLI);
    }

    @Test
    void waitsEndTogetherOnAGridAndKeepThePace() {
        ConnectPacer pacer = new ConnectPacer(1_000_000, 1_000, Long.MAX_VALUE, NOW);
        long[] waits = LongStream.range(0, 110).map(_ -> pacer.reserve(TARGET, NOW)).toArray();
        assertThat(LongStream.of(waits).distinct()).hasSize(21);
        assertThat(LongStream.of(waits).boxed())
                .allMatch(wait -> wait % (5 * MILLI) == 0)
                .endsWith(100 * MILLI);
    }

    @Test
    void paceIsKeptAcrossTheTickersWrap() {
        ConnectPacer pacer = new ConnectPacer(10, 1_000_000, Long.MAX_VALUE, NOW);
        assertThat(pacer.reserve(TARGET, NOW)).isZero();
        assertThat(pacer.reserve(TARGET, NOW + 40 * MILLI)).isEqualTo(60 * MILLI);
        assertThat(pacer.reserve(TARGET, NOW + 1_000 * MILLI)).isZero();
    }

    @Test
    void refusalTakesNoTurnAway() {
        ConnectPacer pacer = new ConnectPacer(10, 1_000_000, 150 * MILLI, NOW);
        assertThat(LongStream.range(0, 5).map(_ -> pacer.reserve(TARGET, NOW)))
                .containsExactly(
                        0L,
                        100 * MILLI,
                        ConnectPacer.REFUSED,
                        ConnectPacer.REFUSED,
                        ConnectPacer.REFUSED);
        assertThat(pacer.reserve(TARGET, NOW + 100 * MILLI)).isEqualTo(100 * MILLI);
    }

    @Test
    void turnsAreDistinctWhenManyThreadsReserve() {
        ConnectPacer pacer = new ConnectPacer(10, 1_000_000, Long.MAX_VALUE, NOW);
        assertThat(
                        IntStream.range(0, 1_000)
                                .parallel()
                                .mapToLong(_ -> pacer.reserve(TARGET, NOW))
                                .distinct()
                                .count())
                .isEqualTo(1_000);
    }
}
