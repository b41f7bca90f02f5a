package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attempt.admission.Share;
import dev.sonde.eventloop.HandMovedTicker;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.spec.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What bounds the attempts: slots, the line before them, the rates and the descriptors. Time is
/// moved by hand.
class LimitsTest {

    private static final Duration QUEUE_TIMEOUT = Duration.ofSeconds(30);

    private final HandMovedTicker ticker = new HandMovedTicker();
    private Peer silent;
    private Peer listening;

    @BeforeEach
    void open() throws IOException {
        silent = Peer.silent();
        listening = Peer.listening("0.0.0.0");
    }

    @AfterEach
    void close() throws IOException {
        silent.close();
        listening.close();
    }

    @Test
    void nextInLineGetsTheSlotWhenOneIsFree() {
        try (TestEngine engine = setup().inFlight(1).byHand()) {
            Submitted first = engine.submit(silent.address(), Settings.withinMillis(1_000));
            Submitted second = engine.submit(listening("127.0.0.1"), Settings.DEFAULT);
            engine.turn();
            assertThat(engine.prober.inFlight()).isOne();
            assertThat(engine.prober.queued()).isOne();

            ticker.advance(Duration.ofSeconds(1));
            engine.turn();
            assertThat(first.verdict()).isEqualTo("failed/timed_out");
            assertThat(second.verdict()).isEqualTo("succeeded/connected");
            assertThat(second.attempt().phases().getFirst())
                    .isEqualTo(new PhaseTime(Phase.QUEUE, Duration.ofSeconds(1).toNanos()));
            engine.assertNothingHeld();
        }
    }

    @Test
    void attemptIsRefusedWhenTheLineIsFull() {
        try (TestEngine engine = setup().inFlight(1).queue(1, QUEUE_TIMEOUT).byHand()) {
            engine.submit(silent.address(), Settings.DEFAULT);
            engine.submit(silent.address(), Settings.DEFAULT);
            Submitted third = engine.submit(silent.address(), Settings.DEFAULT);
            engine.turn();
            assertThat(engine.prober.isFull()).isTrue();
            assertThat(third.verdict()).isEqualTo("not_probed/overloaded");
            assertThat(third.outcome().phase()).isEqualTo(Phase.QUEUE);
            assertThat(third.outcome().detail()).contains("sonde.engine.queue");
        }
    }

    @Test
    void attemptIsRefusedWhenItWaitedTooLong() {
        try (TestEngine engine = setup().inFlight(1).queue(1, Duration.ofSeconds(2)).byHand()) {
            engine.submit(silent.address(), Settings.DEFAULT);
            Submitted second = engine.submit(silent.address(), Settings.DEFAULT);
            engine.turn();
            ticker.advance(Duration.ofSeconds(2));
            engine.turn();
            assertThat(second.verdict()).isEqualTo("not_probed/overloaded");
            assertThat(second.outcome().detail()).contains("queue-timeout");
            assertThat(second.attempt().tookNanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
            assertThat(engine.prober.queued()).isZero();
        }
    }

    @Test
    void connectsToOneAddressAreSpacedEvenly() {
        try (TestEngine engine = setup().connectsPerSecond(1_000_000, 10).byHand()) {
            List<Submitted> all =
                    Stream.generate(() -> engine.submit(listening("127.0.0.1"), Settings.DEFAULT))
                            .limit(5)
                            .toList();
            Submitted elsewhere = engine.submit(listening("127.0.0.2"), Settings.DEFAULT);
            engine.turn();
            assertThat(elsewhere.isDone()).isTrue();
            for (int passed = 1; passed < all.size(); passed++) {
                assertThat(all).filteredOn(Submitted::isDone).hasSize(passed);
                assertThat(engine.prober.queued()).isEqualTo(all.size() - passed);
                ticker.advance(Duration.ofMillis(100).minusNanos(1));
                engine.turn();
                assertThat(all).filteredOn(Submitted::isDone).hasSize(passed);
                ticker.advance(Duration.ofNanos(1));
                engine.turn();
            }
            assertThat(all).extracting(Submitted::verdict).containsOnly("succeeded/connected");
            assertThat(all.getLast().attempt().phases().getFirst().tookNanos())
                    .isEqualTo(Duration.ofMillis(400).toNanos());
            engine.assertNothingHeld();
        }
    }

    @Test
    void connectsAreSpacedInAll() {
        try (TestEngine engine = setup().connectsPerSecond(10, 1_000_000).byHand()) {
            Submitted one = engine.submit(listening("127.0.0.1"), Settings.DEFAULT);
            Submitted other = engine.submit(listening("127.0.0.2"), Settings.DEFAULT);
            engine.turn();
            assertThat(one.isDone()).isTrue();
            assertThat(other.isDone()).isFalse();
            ticker.advance(Duration.ofMillis(100));
            engine.turn();
            assertThat(other.isDone()).isTrue();
        }
    }

    @Test
    void attemptIsRefusedWhenItsTurnIsTooFarAway() {
        try (TestEngine engine =
                setup().connectsPerSecond(1, 1).queue(100, Duration.ofSeconds(2)).byHand()) {
            List<Submitted> all =
                    Stream.generate(() -> engine.submit(listening("127.0.0.1"), Settings.DEFAULT))
                            .limit(4)
                            .toList();
            engine.turn();
            assertThat(all.get(3).verdict()).isEqualTo("not_probed/overloaded");
            assertThat(all.get(3).outcome().detail()).contains("rate limits");
            assertThat(engine.prober.queued()).isEqualTo(2);
        }
    }

    @Test
    void attemptIsRefusedWhenTooManyWaitForTheirTurn() {
        try (TestEngine engine = setup().connectsPerSecond(1, 1).queue(1, QUEUE_TIMEOUT).byHand()) {
            engine.submit(listening("127.0.0.1"), Settings.DEFAULT);
            Submitted waiting = engine.submit(listening("127.0.0.1"), Settings.DEFAULT);
            Submitted refused = engine.submit(listening("127.0.0.1"), Settings.DEFAULT);
            engine.turn();
            assertThat(refused.verdict()).isEqualTo("not_probed/overloaded");
            assertThat(waiting.isDone()).isFalse();
            assertThat(engine.prober.isFull()).isTrue();
        }
    }

    @Test
    void attemptWaitsWhenSomebodyElseHoldsTheDescriptors() {
        try (TestEngine engine = setup().descriptors(1).byHand()) {
            assertThat(engine.budget.tryAcquire()).isTrue();
            Submitted submitted = engine.submit(listening("127.0.0.1"), Settings.DEFAULT);
            engine.turn();
            assertThat(submitted.isDone()).isFalse();
            assertThat(engine.prober.queued()).isOne();

            engine.budget.release();
            engine.turn();
            assertThat(submitted.verdict()).isEqualTo("succeeded/connected");
            engine.assertNothingHeld();
        }
    }

    @Test
    void checksLeaveTheReserveToScheduledRuns() {
        try (TestEngine engine = setup().inFlight(8).reservedPercent(25).byHand()) {
            submitMany(engine, Share.of("a"), 20);
            assertThat(engine.prober.inFlight()).isEqualTo(6);
            Submitted scheduled = engine.submit(listening("127.0.0.1"), Settings.DEFAULT);
            engine.turn();
            assertThat(scheduled.verdict()).isEqualTo("succeeded/connected");
        }
    }

    @Test
    void checksLeaveDescriptorsAndRoomToWait() {
        try (TestEngine engine =
                setup().descriptors(8).queue(8, QUEUE_TIMEOUT).reservedPercent(25).byHand()) {
            List<Submitted> all = submitMany(engine, Share.of("a"), 20);
            assertThat(engine.prober.inFlight()).isEqualTo(6);
            assertThat(engine.prober.queued()).isEqualTo(6);
            assertThat(all).filteredOn(Submitted::isDone).hasSize(8);
            assertThat(engine.prober.isFull()).isFalse();
        }
    }

    @Test
    void callersShareSlotsEvenly() {
        try (TestEngine engine = setup().inFlight(4).byHand()) {
            submitMany(engine, Share.of("a"), 8);
            List<Submitted> others = submitMany(engine, Share.of("b"), 8);
            for (int i = 0; i < 3; i++) {
                ticker.advance(Duration.ofSeconds(1));
                engine.turn();
                engine.turn();
            }
            assertThat(others).filteredOn(Submitted::isDone).hasSize(4);
        }
    }

    @Test
    void attemptsWaitForTheirShareOfTheHeap() {
        try (TestEngine engine = setup().bytes(20_000).byHand()) {
            List<Submitted> all = submitMany(engine, Share.RESERVED, 5);
            assertThat(engine.prober.inFlight()).isEqualTo(3);
            ticker.advance(Duration.ofSeconds(1));
            engine.turn();
            engine.turn();
            assertThat(all).filteredOn(Submitted::isDone).hasSize(3);
            assertThat(engine.prober.inFlight()).isEqualTo(2);
        }
    }

    private List<Submitted> submitMany(TestEngine engine, Share share, int count) {
        List<Submitted> all =
                Stream.generate(
                                () ->
                                        engine.submit(
                                                share,
                                                silent.address(),
                                                Settings.withinMillis(1_000)))
                        .limit(count)
                        .toList();
        engine.turn();
        return all;
    }

    private TestEngine.Setup setup() {
        return TestEngine.setup().ticker(ticker);
    }

    private String listening(String address) {
        return address + ":" + listening.port();
    }
}
