package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attempt.name.Resolver;
import dev.sonde.eventloop.HandMovedTicker;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.spec.AddressFamily;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.Phase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The look-up of a name before the attempts, and which of its addresses are tried.
class LookUpTest {

    @ParameterizedTest
    @ValueSource(strings = {"x.invalid", "X.INVALID", "x.invalid."})
    void nameIsNotFoundWhenItCannotExist(String name) {
        try (TestEngine engine = TestEngine.byHand()) {
            AttemptResult result = engine.probe(name + ":80", Settings.DEFAULT);
            assertThat(Submitted.verdict(result)).isEqualTo("failed/name_not_found");
            assertThat(result.outcome().phase()).isEqualTo(Phase.RESOLVE);
            assertThat(result.remote()).isNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Name or service not known,                 failed/name_not_found",
        "No address associated with hostname,       failed/name_not_found",
        "Temporary failure in name resolution,      failed/resolve_timed_out",
        "Non-recoverable failure in name resolution, failed/resolve_timed_out",
    })
    void resolversWordDecides(String text, String verdict) {
        Resolver.Lookup failing =
                host -> {
                    throw new UnknownHostException(host + ": " + text);
                };
        try (TestEngine engine = TestEngine.setup().lookup(failing).byHand()) {
            AttemptResult result = engine.probe("db.example:80", Settings.DEFAULT);
            assertThat(Submitted.verdict(result)).isEqualTo(verdict);
            assertThat(result.outcome().detail()).contains(text);
        }
    }

    @Test
    void brokenLookUpIsOurs() {
        Resolver.Lookup broken =
                _ -> {
                    throw new IllegalStateException("secret");
                };
        try (TestEngine engine = TestEngine.setup().lookup(broken).byHand()) {
            AttemptResult result = engine.probe("db.example:80", Settings.DEFAULT);
            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/local_error");
            assertThat(result.outcome().detail()).doesNotContain("secret");
        }
    }

    @Test
    void lookUpTimesOutWhenItHangs() {
        HangingLookup lookup = new HangingLookup();
        try (TestEngine engine =
                TestEngine.setup().lookup(lookup).lookupTimeout(Duration.ofMillis(50)).started()) {
            AttemptResult result = engine.probe("db.example:80", Settings.DEFAULT);
            assertThat(Submitted.verdict(result)).isEqualTo("failed/resolve_timed_out");
            assertThat(result.phases().getLast().phase()).isEqualTo(Phase.RESOLVE);
            assertThat(result.phases().getLast().tookNanos())
                    .isGreaterThanOrEqualTo(Duration.ofMillis(50).toNanos());
        }
    }

    @Test
    void nobodyIsBlamedWhenTheLookUpNeverGetsItsTurn() {
        HandMovedTicker ticker = new HandMovedTicker();
        HangingLookup lookup = new HangingLookup();
        try (TestEngine engine =
                TestEngine.setup().ticker(ticker).lookup(lookup).lookups(1, 1).byHand()) {
            engine.submit("hangs.example:80", Settings.DEFAULT);
            engine.turn();
            lookup.awaitStart();
            Submitted waiting = engine.submit("waits.example:80", Settings.DEFAULT);
            Submitted refused = engine.submit("refused.example:80", Settings.DEFAULT);
            engine.await(refused);
            ticker.advance(Duration.ofSeconds(5));
            engine.turn();

            assertThat(refused.verdict()).isEqualTo("not_probed/overloaded");
            assertThat(waiting.verdict()).isEqualTo("not_probed/overloaded");
            assertThat(waiting.outcome().phase()).isEqualTo(Phase.QUEUE);
            assertThat(waiting.attempt().phases())
                    .containsExactly(new PhaseTime(Phase.QUEUE, Duration.ofSeconds(5).toNanos()));
        }
    }

    @Test
    void nameServiceHasTheWholeTimeoutWhenTheLookUpStartedLate() {
        HandMovedTicker ticker = new HandMovedTicker();
        HangingLookup lookup = new HangingLookup();
        try (TestEngine engine =
                TestEngine.setup().ticker(ticker).lookup(lookup).lookups(1, 1).byHand()) {
            engine.submit("first.example:80", Settings.DEFAULT);
            engine.turn();
            lookup.awaitStart();
            Submitted second = engine.submit("second.example:80", Settings.DEFAULT);
            engine.turn();
            ticker.advance(Duration.ofSeconds(4));
            lookup.answerOne();
            lookup.awaitStart();

            ticker.advance(Duration.ofSeconds(4));
            engine.turn();
            assertThat(second.isDone()).isFalse();
            ticker.advance(Duration.ofSeconds(1));
            engine.turn();
            assertThat(second.verdict()).isEqualTo("failed/resolve_timed_out");
            assertThat(second.attempt().phases())
                    .containsExactly(
                            new PhaseTime(Phase.QUEUE, Duration.ofSeconds(4).toNanos()),
                            new PhaseTime(Phase.RESOLVE, Duration.ofSeconds(5).toNanos()));
        }
    }

    @Test
    void lookUpAndConnectShareTheTimeout() throws IOException {
        HandMovedTicker ticker = new HandMovedTicker();
        try (Peer peer = Peer.silent();
                TestEngine engine =
                        TestEngine.setup()
                                .ticker(ticker)
                                .lookup(slow(ticker, Duration.ofMillis(900), peer))
                                .byHand()) {
            Submitted submitted =
                    engine.submit("db.example:" + peer.port(), Settings.withinMillis(1_000));
            engine.turnUntil(() -> engine.prober.inFlight() == 1);
            ticker.advance(Duration.ofMillis(99));
            engine.turn();
            assertThat(submitted.isDone()).isFalse();
            ticker.advance(Duration.ofMillis(1));
            engine.turn();

            assertThat(submitted.verdict()).isEqualTo("failed/timed_out");
            assertThat(submitted.attempt().phases())
                    .containsExactly(
                            new PhaseTime(Phase.QUEUE, 0),
                            new PhaseTime(Phase.RESOLVE, Duration.ofMillis(900).toNanos()),
                            new PhaseTime(Phase.CONNECT, Duration.ofMillis(100).toNanos()));
        }
    }

    @Test
    void eachAddressIsTriedWhenAskedFor() throws IOException {
        try (Peer peer = Peer.listening("127.0.0.1");
                TestEngine engine =
                        TestEngine.setup().lookup(giving("127.0.0.1", "127.0.0.2")).byHand()) {
            List<AttemptResult> attempts =
                    engine.await(
                                    engine.submit(
                                            "db.example:" + peer.port(),
                                            Settings.each(AddressFamily.ANY)))
                            .attempts();
            assertThat(attempts)
                    .extracting(Submitted::verdict)
                    .containsExactly("succeeded/connected", "failed/refused");
            assertThat(addresses(attempts)).containsExactly("127.0.0.1", "127.0.0.2");
            engine.assertNothingHeld();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ANY,         EACH,  10.0.0.1 2001:db8::1 10.0.0.2",
        "IPV4,        EACH,  10.0.0.1 10.0.0.2",
        "IPV6,        EACH,  2001:db8::1",
        "PREFER_IPV4, EACH,  10.0.0.1 10.0.0.2 2001:db8::1",
        "PREFER_IPV6, EACH,  2001:db8::1 10.0.0.1 10.0.0.2",
        "ANY,         FIRST, 10.0.0.1",
        "IPV6,        FIRST, 2001:db8::1",
        "PREFER_IPV6, FIRST, 2001:db8::1",
    })
    void familyChoosesAndOrdersTheAddresses(
            AddressFamily family, AddressSelection selection, String expected) throws IOException {
        try (TestEngine engine =
                TestEngine.setup()
                        .lookup(giving("10.0.0.1", "2001:db8::1", "10.0.0.2"))
                        .policy(List.of(), List.of("0.0.0.0/0", "::/0"))
                        .byHand()) {
            boolean each = selection == AddressSelection.EACH;
            Submitted submitted =
                    engine.submit(
                            "db.example:80", each ? Settings.each(family) : Settings.first(family));
            assertThat(addresses(engine.await(submitted).attempts()))
                    .isEqualTo(List.of(expected.split(" ", -1)));
            assertThat(submitted.attempts())
                    .extracting(Submitted::verdict)
                    .containsOnly("not_probed/denied_by_policy");
        }
    }

    @Test
    void nameHasNoAddressOfTheFamily() throws IOException {
        try (TestEngine engine = TestEngine.setup().lookup(giving("10.0.0.1")).byHand()) {
            AttemptResult result =
                    engine.probe("db.example:80", Settings.first(AddressFamily.IPV6));
            assertThat(Submitted.verdict(result)).isEqualTo("failed/no_address");
        }
    }

    @Test
    void literalOfTheOtherFamilyIsOurs() {
        try (TestEngine engine = TestEngine.byHand()) {
            AttemptResult result = engine.probe("10.0.0.1:80", Settings.first(AddressFamily.IPV6));
            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/local_error");
        }
    }

    @Test
    void literalHasNoResolvePhase() throws IOException {
        try (TestEngine engine = TestEngine.byHand()) {
            assertThat(engine.probe(Peer.closed(), Settings.DEFAULT).phases())
                    .extracting(PhaseTime::phase)
                    .doesNotContain(Phase.RESOLVE);
        }
    }

    private static List<String> addresses(List<AttemptResult> attempts) {
        return attempts.stream()
                .map(AttemptResult::remote)
                .map(InetSocketAddress::getAddress)
                .map(AddressText::of)
                .toList();
    }

    private static Resolver.Lookup giving(String... literals) throws UnknownHostException {
        InetAddress[] addresses = new InetAddress[literals.length];
        for (int i = 0; i < literals.length; i++) {
            addresses[i] = InetAddress.getByName(literals[i]);
        }
        return _ -> addresses;
    }

    private static Resolver.Lookup slow(HandMovedTicker ticker, Duration time, Peer peer) {
        return _ -> {
            ticker.advance(time);
            return new InetAddress[] {peer.address().getAddress()};
        };
    }

    /// A name service that answers only when the test lets it.
    private static final class HangingLookup implements Resolver.Lookup {

        private final Semaphore started = new Semaphore(0);
        private final Semaphore answers = new Semaphore(0);

        @Override
        public InetAddress[] addressesOf(String host) throws UnknownHostException {
            started.release();
            try {
                answers.acquire();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // the engine closes
            }
            throw new UnknownHostException(host);
        }

        void awaitStart() {
            started.acquireUninterruptibly();
        }

        void answerOne() {
            answers.release();
        }
    }
}
