package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.eventloop.Command;
import dev.sonde.eventloop.HandMovedTicker;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Probes that are cancelled, or whose loop closes, in every state: each ends exactly once and
/// nothing stays held.
class CancelTest {

    /// Where a probe may be when its end comes.
    enum State {
        SUBMITTED(Phase.QUEUE),
        RESOLVING(Phase.RESOLVE),
        PACED(Phase.QUEUE),
        IN_LINE(Phase.QUEUE),
        CONNECTING(Phase.CONNECT);

        private final Phase phase;

        State(Phase phase) {
            this.phase = phase;
        }
    }

    private Peer silent;
    private Peer listening;

    @BeforeEach
    void open() throws IOException {
        silent = Peer.silent();
        listening = Peer.listening();
    }

    @AfterEach
    void close() throws IOException {
        silent.close();
        listening.close();
    }

    @ParameterizedTest
    @EnumSource
    void probeEndsOnceWhenItIsCancelled(State state) {
        try (TestEngine engine = setup(state).byHand()) {
            Submitted other = engine.submit(silent.address(), Settings.DEFAULT);
            engine.turn();
            Submitted submitted = submitInto(state, engine);
            submitted.probe.cancel();
            submitted.probe.cancel();
            other.probe.cancel();
            engine.turn();

            if (state != State.SUBMITTED) { // there the probe runs first
                assertThat(submitted.verdict()).isEqualTo("not_probed/cancelled");
                assertThat(submitted.outcome().phase()).isEqualTo(state.phase);
            }
            engine.await(submitted);
            engine.turn();
            assertThat(submitted.reports()).isOne();
            engine.assertNothingHeld();
        }
    }

    @ParameterizedTest
    @EnumSource
    void probeEndsOnceWhenItsLoopCloses(State state) {
        TestEngine engine = setup(state).byHand();
        engine.submit(silent.address(), Settings.DEFAULT);
        engine.turn();
        Submitted submitted = submitInto(state, engine);
        engine.close();

        assertThat(submitted.verdict()).isEqualTo("not_probed/cancelled");
        assertThat(submitted.outcome().phase()).isEqualTo(state.phase);
        assertThat(submitted.outcome().detail()).contains("shutting down");
        engine.assertNothingHeld();
    }

    @Test
    void probeIsToldWhenItsLoopHasClosed() {
        TestEngine engine = TestEngine.byHand();
        engine.close();
        Submitted late = engine.submit(listening.address(), Settings.DEFAULT);
        late.probe.cancel();
        assertThat(late.verdict()).isEqualTo("not_probed/cancelled");
        engine.assertNothingHeld();
    }

    @Test
    void slotComesBackWhenItArrivesTooLate() {
        try (TestEngine engine = TestEngine.setup().inFlight(1).byHand()) {
            Submitted first = engine.submit(silent.address(), Settings.DEFAULT);
            Submitted second = engine.submit(silent.address(), Settings.DEFAULT);
            engine.turn();
            first.probe.cancel();
            second.probe.cancel();
            engine.turn();
            assertThat(second.verdict()).isEqualTo("not_probed/cancelled");
            engine.assertNothingHeld();
        }
    }

    @Test
    void slotComesBackWhenTheLoopClosesWhileItIsOnItsWay() {
        TestEngine engine = TestEngine.setup().inFlight(1).byHand();
        Submitted first = engine.submit(silent.address(), Settings.DEFAULT);
        Submitted second = engine.submit(silent.address(), Settings.DEFAULT);
        engine.turn();
        first.probe.cancel();
        fillTheTurn(engine, 1);
        engine.turn();
        engine.close();
        assertThat(second.verdict()).isEqualTo("not_probed/cancelled");
        engine.assertNothingHeld();
    }

    @Test
    void slotComesBackWhenTheLoopClosesAndItsAttemptIsGone() {
        TestEngine engine = TestEngine.setup().inFlight(1).byHand();
        Submitted first = engine.submit(silent.address(), Settings.DEFAULT);
        Submitted second = engine.submit(silent.address(), Settings.DEFAULT);
        engine.turn();
        first.probe.cancel();
        second.probe.cancel();
        fillTheTurn(engine, 2);
        engine.turn();
        engine.close();
        assertThat(second.verdict()).isEqualTo("not_probed/cancelled");
        engine.assertNothingHeld();
    }

    @Test
    void nothingIsHeldWhenThousandsWereCancelledAtRandom() {
        try (TestEngine engine = crowded().started()) {
            List<Submitted> all = storm(engine, 8_000, new Random(1));
            engine.turnUntil(() -> all.stream().allMatch(Submitted::isDone));
            engine.turnUntil(() -> engine.budget.used() == 0);
            assertThat(all).extracting(Submitted::reports).containsOnly(1);
            assertThat(all)
                    .extracting(Submitted::verdict)
                    .contains("succeeded/connected", "failed/timed_out", "not_probed/cancelled");
            engine.assertNothingHeld();
        }
    }

    @Test
    void nothingIsHeldWhenTheLoopsCloseUnderThousands() {
        TestEngine engine = crowded().started();
        List<Submitted> all = storm(engine, 4_000, new Random(2));
        engine.close();
        all.addAll(storm(engine, 100, new Random(3)));
        assertThat(all).extracting(Submitted::reports).containsOnly(1);
        engine.assertNothingHeld();
    }

    private static TestEngine.Setup crowded() {
        return TestEngine.setup()
                .inFlight(40)
                .descriptors(30)
                .connectsPerSecond(20_000, 15_000)
                .lookup(host -> InetAddress.getAllByName(host.replace(".example", "")));
    }

    /// Probes of every kind, a third of them cancelled at some time.
    private List<Submitted> storm(TestEngine engine, int count, Random random) {
        ProbeSettings brief = Settings.withinMillis(2);
        List<Submitted> all = new ArrayList<>();
        List<Consumer<Submitted>> fates =
                List.of(s -> s.probe.cancel(), _ -> {}, _ -> cancelAny(all, random));
        for (int i = 0; i < count; i++) {
            String target =
                    switch (random.nextInt(4)) {
                        case 0 -> TestEngine.text(silent.address());
                        case 1 -> "localhost.example:" + listening.port();
                        default -> TestEngine.text(listening.address());
                    };
            all.add(engine.submit(target, brief));
            fates.get(random.nextInt(3)).accept(all.getLast());
        }
        return all;
    }

    private static void cancelAny(List<Submitted> all, Random random) {
        all.get(random.nextInt(all.size())).probe.cancel();
    }

    /// An engine in which the second probe comes to a stop in the given state.
    private static TestEngine.Setup setup(State state) {
        TestEngine.Setup setup =
                TestEngine.setup().ticker(new HandMovedTicker()).lookup(CancelTest::hang);
        return switch (state) {
            case PACED -> setup.connectsPerSecond(1, 1);
            case IN_LINE -> setup.inFlight(1);
            case SUBMITTED, RESOLVING, CONNECTING -> setup;
        };
    }

    private Submitted submitInto(State state, TestEngine engine) {
        boolean named = state == State.RESOLVING;
        Submitted submitted =
                engine.submit(
                        named ? "db.example:80" : TestEngine.text(silent.address()),
                        Settings.within(Duration.ofMinutes(1)));
        if (state != State.SUBMITTED) {
            engine.turn();
        }
        return submitted;
    }

    private static InetAddress[] hang(String host) throws UnknownHostException {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // the engine closes
        }
        throw new UnknownHostException(host);
    }

    /// So many commands that what the first ones cause has to wait for another turn.
    private static void fillTheTurn(TestEngine engine, int submitted) {
        AtomicInteger ran = new AtomicInteger();
        Stream.generate(() -> counting(ran)).limit(64 - submitted).forEach(engine.loop()::execute);
    }

    private static Command counting(AtomicInteger ran) {
        return new Command() {
            @Override
            public void run() {
                ran.incrementAndGet();
            }

            @Override
            public void onLoopClosed() {}
        };
    }
}
