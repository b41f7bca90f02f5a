package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.lab.DelayLine;
import dev.sonde.lab.Lab;
import dev.sonde.lab.LabRequirement;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.probe.spec.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/// A path of 20 ms and a prober that looks late: what the kernel measured stays true. Needs root.
///
/// The path itself is two threads of this process, which a pause of the JVM or of the whole machine
/// stops too. That only ever adds, and the prober is late in every round: one round whose median is
/// within a millisecond shows that the prober's lateness is no part of the figure.
@Isolated("measures time")
class LongPathTest {

    private static final int CONNECTS = 1_000;
    private static final int ROUNDS = 30;
    private static final Duration ONE_WAY = Duration.ofMillis(10);
    private static final long LONGEST_MICROS = 21_000;
    private static final Duration BUSY = Duration.ofMillis(60);

    @Test
    void roundTripIsTrueWhenAThousandConnectsRunAndTheLoopIsLate() throws IOException {
        try (Lab lab = Lab.openUnlinked();
                DelayLine line = DelayLine.open(lab, ONE_WAY)) {
            long median = Long.MAX_VALUE;
            for (int i = 0; i < ROUNDS && median > LONGEST_MICROS; i++) {
                median = Math.min(median, medianRoundTrip(lab));
            }
            LabRequirement.check(line.isRealTime(), "no real-time priority for the delay line");
            assertThat(median).isLessThanOrEqualTo(LONGEST_MICROS);
        }
    }

    private static long medianRoundTrip(Lab lab) throws IOException {
        List<AttemptResult> all;
        try (ServerSocketChannel _ = listen(lab)) { // nobody accepts: a queue for each round
            all = lab.client().call(LongPathTest::connectAll);
        }

        long[] roundTrips = sorted(all, attempt -> attempt.evidence().rttMicros());
        long[] observed = sorted(all, LongPathTest::connectMicros);
        System.out.printf(
                "%d connects, micros: kernel min %d p50 %d p90 %d p99 %d max %d,"
                        + " user space p50 %d p99 %d%n",
                CONNECTS,
                roundTrips[0],
                roundTrips[CONNECTS / 2],
                roundTrips[CONNECTS * 9 / 10],
                roundTrips[CONNECTS * 99 / 100],
                roundTrips[CONNECTS - 1],
                observed[CONNECTS / 2],
                observed[CONNECTS * 99 / 100]);
        assertThat(roundTrips[0]).isGreaterThanOrEqualTo(20_000);
        assertThat(observed[CONNECTS / 2]).isGreaterThan(BUSY.toMillis() * 1_000);
        return roundTrips[CONNECTS / 2];
    }

    /// A name with a thousand addresses has them all tried in one turn; the loop looks again late.
    private static List<AttemptResult> connectAll() throws IOException {
        InetAddress[] addresses = new InetAddress[CONNECTS];
        Arrays.fill(addresses, InetAddress.getByName(DelayLine.SERVER));
        try (TestEngine engine = TestEngine.setup().lookup(_ -> addresses).byHand()) {
            Submitted all = engine.submit("far.example:1", Settings.each(AddressFamily.ANY));
            engine.turnUntil(() -> engine.prober.inFlight() > 0);
            long untilNanos = System.nanoTime() + BUSY.toNanos();
            while (System.nanoTime() - untilNanos < 0) {
                LockSupport.parkNanos(untilNanos - System.nanoTime());
            }
            return engine.await(all).attempts();
        }
    }

    private static ServerSocketChannel listen(Lab lab) throws IOException {
        return lab.server()
                .call(
                        () ->
                                ServerSocketChannel.open()
                                        .bind(new InetSocketAddress(DelayLine.SERVER, 1), 4_096));
    }

    private static long connectMicros(AttemptResult attempt) {
        assertThat(attempt.phases().getLast().phase()).isEqualTo(Phase.CONNECT);
        return attempt.phases().getLast().tookNanos() / 1_000;
    }

    private static long[] sorted(List<AttemptResult> all, ToLongFunction<AttemptResult> value) {
        return all.stream().mapToLong(value).sorted().toArray();
    }
}
