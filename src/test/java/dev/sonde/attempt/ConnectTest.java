package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.eventloop.HandMovedTicker;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.kernel.KernelSockets;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Evidence;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.SourceAddress;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// One attempt at one loopback address, with the kernel asked and not.
class ConnectTest {

    static List<KernelFeatures> kernelOnAndOff() {
        return List.of(TestEngine.KERNEL, TestEngine.NO_KERNEL);
    }

    @ParameterizedTest
    @MethodSource("kernelOnAndOff")
    void targetIsConnectedWhenItListens(KernelFeatures kernel) throws IOException {
        try (TestEngine engine = TestEngine.setup().kernel(kernel).byHand();
                Peer peer = Peer.listening()) {
            AttemptResult result = engine.probe(peer.address(), Settings.DEFAULT);

            assertThat(Submitted.verdict(result)).isEqualTo("succeeded/connected");
            assertThat(result.remote()).isEqualTo(peer.address());
            assertThat(result.local()).isEqualTo(peer.listener().accept().getRemoteAddress());
            assertThat(result.phases())
                    .extracting(PhaseTime::phase)
                    .containsExactly(Phase.QUEUE, Phase.CONNECT);
            assertThat(result.timeline())
                    .extracting(event -> event.kind().label())
                    .containsExactly(
                            "connect_called", "connect_ready", "connect_finished", "close_fin");
            engine.assertNothingHeld();
        }
    }

    @Test
    void kernelTellsOfTheHandshake() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Evidence evidence = engine.probe(peer.address(), Settings.DEFAULT).evidence();

            assertThat(evidence.source()).isEqualTo(Evidence.Source.TCP_INFO);
            assertThat(evidence.state()).isEqualTo(Evidence.State.ESTABLISHED);
            assertThat(evidence.rttMicros()).isPositive();
            assertThat(evidence.rttCoarse()).isFalse();
            assertThat(evidence.synRetransmits()).isZero();
            assertThat(evidence.pathMtu()).isGreaterThan(1_000);
            assertThat(evidence.mss()).isPositive();
            assertThat(evidence.options())
                    .contains(Evidence.Option.SACK, Evidence.Option.WINDOW_SCALE);
            assertThat(evidence.errno()).isNull();
        }
    }

    @Test
    void nothingIsMadeUpWhenTheKernelCannotBeAsked() throws IOException {
        try (TestEngine engine = TestEngine.setup().kernel(TestEngine.NO_KERNEL).byHand();
                Peer peer = Peer.listening()) {
            assertThat(engine.probe(peer.address(), Settings.DEFAULT).evidence())
                    .isEqualTo(Evidence.NONE);
            assertThat(engine.probe(Peer.closed(), Settings.DEFAULT).evidence())
                    .isEqualTo(Evidence.none("ECONNREFUSED"));
        }
    }

    @ParameterizedTest
    @MethodSource("kernelOnAndOff")
    void targetRefusesWhenNobodyListens(KernelFeatures kernel) throws IOException {
        try (TestEngine engine = TestEngine.setup().kernel(kernel).byHand()) {
            AttemptResult result = engine.probe(Peer.closed(), Settings.DEFAULT);

            assertThat(Submitted.verdict(result)).isEqualTo("failed/refused");
            assertThat(result.outcome().phase()).isEqualTo(Phase.CONNECT);
            assertThat(result.local()).isNull();
            assertThat(connectNanos(result)).isPositive();
            assertThat(result.timeline().getLast().kind().label()).isEqualTo("error");
            assertThat(result.timeline().getLast().errno()).isEqualTo("ECONNREFUSED");
            engine.assertNothingHeld();
        }
    }

    @Test
    void refusalWasARstWhenASegmentCame() throws IOException {
        try (TestEngine engine = TestEngine.byHand()) {
            AttemptResult result = engine.probe(Peer.closed(), Settings.DEFAULT);
            Evidence evidence = result.evidence();
            assertThat(result.outcome().detail()).contains("a RST answered the SYN");
            assertThat(evidence.refusedBy()).isEqualTo(Evidence.RefusedBy.RST);
            assertThat(evidence.errno()).isEqualTo("ECONNREFUSED");
            assertThat(evidence.state()).isEqualTo(Evidence.State.CLOSE);
            assertThat(evidence.rttMicros()).isNull();
            assertThat(evidence.mss()).isNull();
            assertThat(evidence.icmp()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("kernelOnAndOff")
    void timeoutIsHonouredWhenNothingAnswers(KernelFeatures kernel) throws IOException {
        try (TestEngine engine = TestEngine.setup().kernel(kernel).started();
                Peer peer = Peer.silent()) {
            AttemptResult result = engine.probe(peer.address(), Settings.withinMillis(150));

            assertThat(Submitted.verdict(result)).isEqualTo("failed/timed_out");
            assertThat(result.outcome().detail()).startsWith("no answer within 150 ms: ");
            assertThat(Duration.ofNanos(connectNanos(result)))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(150));
            engine.turnUntil(() -> engine.prober.inFlight() == 0);
        }
    }

    @Test
    void lostSynsAreCountedWhenNothingAnswers() throws IOException {
        try (TestEngine engine = TestEngine.setup().started();
                Peer peer = Peer.silent()) {
            AttemptResult result = engine.probe(peer.address(), Settings.withinMillis(1_200));

            assertThat(result.evidence().synRetransmits()).isOne();
            assertThat(result.evidence().state()).isEqualTo(Evidence.State.SYN_SENT);
            assertThat(result.evidence().refusedBy()).isNull();
            assertThat(result.outcome().detail())
                    .containsPattern("2 SYNs went unanswered, sent at 0, 1\\.[01] s");
            assertThat(result.timeline())
                    .extracting(event -> event.kind().label())
                    .containsExactly("connect_called", "syn_retransmitted");
        }
    }

    /// The handshakes end while the loop does not look, when the SYNs are repeated after a second.
    @Test
    void connectionIsResetWhenThePeerAbortsItAtOnce() throws IOException {
        try (TestEngine asking = TestEngine.byHand();
                TestEngine notAsking = TestEngine.setup().kernel(TestEngine.NO_KERNEL).byHand();
                Peer aborting = Peer.silent();
                Peer closing = Peer.silent()) {
            List<Submitted> submitted =
                    Stream.of(asking, notAsking)
                            .flatMap(
                                    engine ->
                                            Stream.of(aborting, closing)
                                                    .map(peer -> start(engine, peer)))
                            .toList();
            aborting.acceptFillers();
            closing.acceptFillers();
            for (int i = 0; i < 2; i++) {
                Peer.abort(aborting.listener().accept());
                Peer.abort(closing.listener().accept().shutdownOutput());
            }

            submitted.subList(0, 2).forEach(asking::await);
            submitted.subList(2, 4).forEach(notAsking::await);
            assertThat(submitted).extracting(Submitted::verdict).containsOnly("failed/reset");
            assertThat(submitted)
                    .extracting(s -> s.attempt().evidence().errno())
                    .containsExactly("ECONNRESET", "EPIPE", "ECONNRESET", "EPIPE");
            assertThat(submitted)
                    .extracting(s -> s.attempt().evidence().refusedBy())
                    .containsExactly(Evidence.RefusedBy.RST, Evidence.RefusedBy.RST, null, null);
            assertThat(submitted.subList(0, 2))
                    .extracting(s -> s.attempt().local())
                    .doesNotContainNull();
        }
    }

    @Test
    void answerThatCameInTimeWinsOverTheDeadline() throws IOException {
        HandMovedTicker ticker = new HandMovedTicker();
        try (TestEngine engine = TestEngine.setup().ticker(ticker).byHand();
                Peer peer = Peer.silent()) {
            Submitted submitted = engine.submit(peer.address(), Settings.withinMillis(1_000));
            engine.turn();
            peer.acceptFillers();
            peer.listener().accept().close();
            ticker.advance(Duration.ofMillis(1_250));
            engine.turn();

            assertThat(submitted.verdict()).isEqualTo("succeeded/connected");
            assertThat(submitted.outcome().detail()).contains("250000 us after the timeout");
            assertThat(submitted.attempt().tookNanos())
                    .isEqualTo(Duration.ofMillis(1_250).toNanos());
        }
    }

    @Test
    void peerSeesAnEndWhenTheConnectionIsClosedWithAFin() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            engine.probe(peer.address(), Settings.closing(CloseMode.FIN));
            try (SocketChannel accepted = peer.listener().accept()) {
                assertThat(accepted.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            }
        }
    }

    @Test
    void peerSeesAResetWhenTheConnectionIsClosedWithARst() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            AttemptResult result = engine.probe(peer.address(), Settings.closing(CloseMode.RST));
            try (SocketChannel accepted = peer.listener().accept()) {
                assertThatThrownBy(() -> accepted.read(ByteBuffer.allocate(1)))
                        .hasMessageContaining("Connection reset");
            }
            assertThat(result.timeline().getLast().kind().label()).isEqualTo("close_rst");
        }
    }

    @Test
    void peerSeesTheSourceAddress() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            InetAddress source = InetAddress.getByName("127.9.8.7");
            AttemptResult result = engine.probe(peer.address(), Settings.from(source));
            try (SocketChannel accepted = peer.listener().accept()) {
                InetSocketAddress seen = (InetSocketAddress) accepted.getRemoteAddress();
                assertThat(seen.getAddress()).isEqualTo(source);
                assertThat(result.local()).isEqualTo(seen);
            }
        }
    }

    @Test
    void nothingIsProbedWhileTheInterfaceOfTheSourceAddressIsGone() {
        SourceAddress gone = SourceAddress.parse("fe80::1%gone0");
        try (TestEngine engine = TestEngine.byHand()) {
            AttemptResult result = engine.probe("[::1]:9", Settings.from(gone));
            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/local_error");
            assertThat(result.outcome().detail()).contains("no interface", "fe80::1%gone0");
        }
    }

    @Test
    void nothingIsProbedWhenTheSourceAddressIsNotOurs() throws IOException {
        try (TestEngine engine = TestEngine.byHand()) {
            AttemptResult result =
                    engine.probe(Peer.closed(), Settings.from(InetAddress.getByName("192.0.2.99")));
            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/local_error");
            assertThat(result.outcome().detail()).contains("not one of this host's");
            assertThat(result.evidence().errno()).isEqualTo("EADDRNOTAVAIL");
            engine.assertNothingHeld();
        }
    }

    @Test
    void nothingIsProbedWhenTheSourceAddressIsOfTheOtherFamily() throws IOException {
        try (TestEngine engine = TestEngine.byHand()) {
            ProbeSettings fromIpv6 = Settings.from(Inet6Address.ofLiteral("::1"));
            AttemptResult result = engine.probe(Peer.closed(), fromIpv6);
            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/local_error");
            assertThat(result.outcome().detail()).contains("different families");
        }
    }

    @Test
    void nothingReachesTheTargetWhenThePolicyDeniesIt() throws IOException {
        try (TestEngine engine =
                        TestEngine.setup().policy(List.of(), List.of("127.0.0.0/8")).byHand();
                Peer peer = Peer.listening()) {
            peer.listener().configureBlocking(false);
            AttemptResult result = engine.probe(peer.address(), Settings.DEFAULT);

            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/denied_by_policy");
            assertThat(result.outcome().phase()).isNull();
            assertThat(result.timeline()).isEmpty();
            assertThat(result.phases()).extracting(PhaseTime::phase).containsExactly(Phase.QUEUE);
            assertThat(peer.listener().accept()).isNull();
            engine.assertNothingHeld();
        }
    }

    @Test
    void programSeesNoConnectionWhenTheHandshakeIsHalfOpen() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            peer.listener().configureBlocking(false);
            AttemptResult half = engine.probe(peer.address(), Settings.halfOpen());

            assertThat(Submitted.verdict(half)).isEqualTo("succeeded/connected");
            assertThat(half.timeline().getLast().kind().label()).isEqualTo("close_rst");
            assertThat(
                            Objects.requireNonNull(
                                            new KernelSockets(TestEngine.KERNEL)
                                                    .acceptQueue(peer.listener()))
                                    .length())
                    .isZero();
            assertThat(peer.listener().accept()).isNull();

            // A full handshake that ends with a RST as well does reach the program.
            engine.probe(peer.address(), Settings.closing(CloseMode.RST));
            assertThat(peer.listener().accept()).isNotNull();
        }
    }

    @Test
    void closedAndSilentAreToldApartWhenTheHandshakeIsHalfOpen() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer silent = Peer.silent()) {
            assertThat(Submitted.verdict(engine.probe(Peer.closed(), Settings.halfOpen())))
                    .isEqualTo("failed/refused");
            ProbeSettings brief = Settings.halfOpen().withTimeout(Duration.ofMillis(50));
            assertThat(Submitted.verdict(engine.probe(silent.address(), brief)))
                    .isEqualTo("failed/timed_out");
        }
    }

    private static Submitted start(TestEngine engine, Peer peer) {
        Submitted submitted = engine.submit(peer.address(), Settings.DEFAULT);
        engine.turn();
        return submitted;
    }

    private static long connectNanos(AttemptResult result) {
        return result.phases().stream()
                .filter(phase -> phase.phase() == Phase.CONNECT)
                .mapToLong(PhaseTime::tookNanos)
                .sum();
    }
}
