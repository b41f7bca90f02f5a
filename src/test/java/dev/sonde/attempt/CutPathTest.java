package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Payload;
import dev.sonde.dialogue.Script;
import dev.sonde.kernel.KernelFeatures;
import dev.sonde.kernel.KernelSockets;
import dev.sonde.lab.Lab;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FloodReport;
import dev.sonde.probe.finding.FloodReport.Stall;
import dev.sonde.probe.finding.HoldReport.EndedBy;
import dev.sonde.probe.finding.HoldReport.Mechanism;
import dev.sonde.probe.finding.ObserveReport;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.HoldSettings.Keepalive;
import dev.sonde.probe.spec.HoldSettings.Sending;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.StepSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Connections whose path is cut, or loses, after the handshake. Needs root.
///
/// Every test has a lab of its own and waits most of its time, so they wait together.
@Execution(ExecutionMode.CONCURRENT)
@Order(1)
class CutPathTest {

    private static final int PORT = 7_001;

    /// As `/proc/net/tcp` has it.
    private static final String SYN_RECV = "03";

    private static final int STATE_COLUMN = 3;

    /// To the end for whom nothing finds the cut.
    private static final Duration HOLD = Duration.ofSeconds(7);

    /// Not to the end: the kernel finds the cut before.
    private static final Duration LONG_HOLD = Duration.ofSeconds(15);

    private static final Keepalive KEEPALIVE =
            new Keepalive(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
    private static final Sending SENDING = new Sending(Duration.ofMillis(500), 20);
    private static final Duration USER_TIMEOUT = Duration.ofSeconds(2);

    @Test
    void keepaliveFindsACutPathOnlyWhenNoDataIsPendingAndTheUserTimeoutAlways() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            Submitted idle = submit(engine, new HoldSettings(LONG_HOLD, KEEPALIVE, null, null));
            Submitted pending = submit(engine, new HoldSettings(HOLD, KEEPALIVE, null, SENDING));
            Submitted cured =
                    submit(engine, new HoldSettings(LONG_HOLD, KEEPALIVE, USER_TIMEOUT, SENDING));
            try (SocketChannel _ = listener.accept();
                    SocketChannel _ = listener.accept();
                    SocketChannel _ = listener.accept()) {
                drop(lab, "");

                AttemptResult unanswered = engine.await(idle).attempt();
                assertThat(Submitted.verdict(unanswered)).isEqualTo("failed/peer_lost");
                assertThat(HoldTest.report(unanswered).mechanism()).isEqualTo(Mechanism.KEEPALIVE);
                assertThat(HoldTest.report(unanswered).endedBy()).isEqualTo(EndedBy.KERNEL);

                AttemptResult timedOut = engine.await(cured).attempt();
                assertThat(Submitted.verdict(timedOut)).isEqualTo("failed/peer_lost");
                assertThat(HoldTest.report(timedOut).mechanism()).isEqualTo(Mechanism.USER_TIMEOUT);

                AttemptResult kept = engine.await(pending).attempt();
                assertThat(Submitted.verdict(kept)).isEqualTo("succeeded/connected");
                assertThat(HoldTest.report(kept).retransmits()).isGreaterThan(1);
                assertThat(HoldTest.report(kept).unansweredProbes()).isZero();
                assertThat(kept.outcome().detail())
                        .contains("keepalive does not probe while data is pending");
            }
        }
    }

    @Test
    void peerIsLostByRetransmissionWhenDataIsRepeatedInVain() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            lab.client().sysctl("ipv4/tcp_retries2", 3);
            HoldSettings hold = new HoldSettings(Duration.ofSeconds(15), null, null, SENDING);
            Submitted probe = submit(engine, hold);
            try (SocketChannel _ = listener.accept()) {
                drop(lab, "");
                AttemptResult result = engine.await(probe).attempt();

                assertThat(Submitted.verdict(result)).isEqualTo("failed/peer_lost");
                assertThat(HoldTest.report(result).mechanism()).isEqualTo(Mechanism.RETRANSMISSION);
            }
        }
    }

    @Test
    void dataIsUnacknowledgedWhenOnlyItIsDroppedAndASecondConnectionStands() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel _ = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            drop(lab, "ip length > 200");
            Payload payload = Payload.text("x".repeat(300));
            Submitted probe =
                    submit(
                            engine,
                            new ObserveSettings(Duration.ofSeconds(10), Duration.ZERO, payload));
            AttemptResult result = engine.await(probe).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("failed/unacknowledged");
            ObserveReport report = (ObserveReport) result.reports().getFirst();
            assertThat(report.secondConnect()).isEqualTo("connected");
            assertThat(report.unacknowledgedBytes()).isEqualTo(300);
            assertThat(report.segmentsIn()).isZero();
            engine.assertNothingHeld();
        }
    }

    /// The greeting shows that the program has accepted: no queue is full, and no SYN cookie
    /// answered.
    @Test
    void dataGetLostOnTheWayWhenThePeerHasSpoken() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            drop(lab, "ip length > 200");
            Payload payload = Payload.text("x".repeat(300));
            Script greeting = Script.of(List.of(DialogueStep.expect("hello")));
            Submitted probe =
                    engine.submit(
                            Lab.SERVER + ":" + PORT,
                            Settings.within(Duration.ofSeconds(20))
                                    .withSteps(
                                            List.of(
                                                    new DialogueSettings(greeting, false),
                                                    new ObserveSettings(
                                                            Duration.ofSeconds(10),
                                                            Duration.ZERO,
                                                            payload))));
            try (SocketChannel accepted = listener.accept()) {
                accepted.write(ByteBuffer.wrap("hello\n".getBytes(StandardCharsets.US_ASCII)));
                AttemptResult result = engine.await(probe).attempt();

                assertThat(Submitted.verdict(result)).isEqualTo("failed/unacknowledged");
                assertThat(result.outcome().detail())
                        .contains("a peer that has spoken has accepted")
                        .doesNotContain("SYN cookie", "queue");
            }
        }
    }

    /// As after a restart: no RST comes when the peer goes, and its kernel then answers data of a
    /// connection that it does not know.
    @Test
    void restartIsAPossibleCauseWhenThePeersKernelForgot() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            Submitted probe = submit(engine, new HoldSettings(LONG_HOLD, null, null, SENDING));
            SocketChannel accepted = listener.accept();
            lab.server()
                    .nft(
                            """
                            table ip silent {
                              chain output {
                                type filter hook output priority 0;
                                tcp flags & rst == rst drop
                              }
                            }
                            """);
            Peer.abort(accepted);
            lab.server().nft("delete table ip silent");
            AttemptResult result = engine.await(probe).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("failed/reset");
            assertThat(result.outcome().phase()).isEqualTo(Phase.HOLD);
            assertThat(result.outcome().detail()).contains("does not know it any more (a restart");
        }
    }

    @Test
    void sendStallsByLossWhenThePathIsCutUnderAReadingPeer() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            Submitted probe = submit(engine, flooding(1_500));
            try (SocketChannel accepted = listener.accept()) {
                Thread reader = Thread.ofPlatform().daemon().start(() -> readAll(accepted));
                drop(lab, "");
                AttemptResult result = engine.await(probe).attempt();
                reader.interrupt();

                assertThat(Submitted.verdict(result)).isEqualTo("failed/send_stalled_loss");
                FloodReport report = (FloodReport) result.reports().getFirst();
                assertThat(report.stall()).isEqualTo(Stall.LOSS);
                assertThat(report.retransmits()).isPositive();
                assertThat(report.windowBytes()).isPositive();
            }
        }
    }

    /// The probes of a shut window carry no data; only they are dropped, and the last segments of
    /// the handshake, which the data make up for.
    @Test
    void peerIsGoneWhenNobodyAnswersTheProbesOfItsShutWindow() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.server().call(ServerSocketChannel::open);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            listener.setOption(StandardSocketOptions.SO_RCVBUF, 8_192);
            listener.bind(new InetSocketAddress(Lab.SERVER, PORT));
            drop(lab, "ip length <= 52 tcp flags & (syn | ack) == ack");
            // On a busy machine the first round trip is long, and the probes come after 1 and 3 s.
            AttemptResult result = engine.await(submit(engine, flooding(4_500))).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("failed/send_stalled_zero_window");
            assertThat(result.outcome().detail()).contains("no longer answers the probes");
            FloodReport report = (FloodReport) result.reports().getFirst();
            assertThat(report.stall()).isEqualTo(Stall.ZERO_WINDOW_PEER_GONE);
            assertThat(report.windowBytes()).isZero();
            assertThat(report.unansweredProbes()).isGreaterThan(1);
        }
    }

    /// A queue of the own link that lets out a kilobit a second.
    @Test
    void ownQueueHoldsBackWhenNothingLeavesThisHost() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            // Each segment a packet of its own, or the queue would cut them and TCP lose sight.
            lab.client().ip("link set veth0 gso_max_segs 1");
            lab.client().tc("qdisc add dev veth0 root tbf rate 1kbit burst 4k limit 100m");
            AttemptResult result = engine.await(submit(engine, flooding(1_500))).attempt();

            assertThat(listener.isOpen()).isTrue();
            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/local_error");
            assertThat(result.outcome().detail()).contains("our own send buffer or network queue");
            FloodReport report = (FloodReport) result.reports().getFirst();
            assertThat(report.stall()).isEqualTo(Stall.SEND_BUFFER);
            assertThat(report.windowBytes()).isPositive();
        }
    }

    @Test
    void peerIsLostByIcmpWhenTheWaySaysThatNobodyIsThere() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            Submitted probe =
                    submit(
                            engine,
                            new HoldSettings(LONG_HOLD, null, Duration.ofSeconds(1), SENDING));
            try (SocketChannel _ = listener.accept()) {
                filter(lab, "reject with icmp type host-unreachable");
                AttemptResult result = engine.await(probe).attempt();

                assertThat(Submitted.verdict(result)).isEqualTo("failed/peer_lost");
                assertThat(HoldTest.report(result).mechanism()).isEqualTo(Mechanism.ICMP);
                assertThat(result.outcome().detail()).contains("EHOSTUNREACH");
            }
        }
    }

    /// A SYN cookie remembers nothing: no SYN-ACK comes again, and a second connect is answered
    /// like the first.
    @Test
    void dataIsUnacknowledgedWhenASynCookieWasHalfEstablished() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            lab.server().sysctl("ipv4/tcp_syncookies", 2);
            assertThat(withholdHandshakes(listener, true)).isTrue();
            AttemptResult result = engine.await(submit(engine, observing(Duration.ZERO))).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("failed/unacknowledged");
            ObserveReport report = (ObserveReport) result.reports().getFirst();
            assertThat(report.secondConnect()).isEqualTo("connected");
            assertThat(report.segmentsIn()).isZero();
        }
    }

    /// Connect, wait long, send: the listener's kernel has given the handshake up meanwhile.
    @Test
    void lateDataDrawARstWhenTheHandshakeNeverEnded() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            lab.server().sysctl("ipv4/tcp_synack_retries", 1);
            assertThat(withholdHandshakes(listener, true)).isTrue();
            Submitted probe = submit(engine, observing(Duration.ofSeconds(5)));
            await().until(() -> handshakesAt(lab) == 1);
            await().until(() -> handshakesAt(lab) == 0);
            assertThat(withholdHandshakes(listener, false)).isTrue();
            AttemptResult result = engine.await(probe).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("failed/reset");
            assertThat(result.outcome().phase()).isEqualTo(Phase.OBSERVE);
        }
    }

    private static boolean withholdHandshakes(ServerSocketChannel listener, boolean on) {
        return new KernelSockets(KernelFeatures.detect()).withholdHandshakes(listener, on);
    }

    /// Handshakes that wait for their end in the server's namespace. Java's listeners are IPv6
    /// sockets that take IPv4 too.
    private static long handshakesAt(Lab lab) throws IOException {
        return lab
                .server()
                .call(() -> Files.readAllLines(Path.of("/proc/thread-self/net/tcp6")))
                .stream()
                .filter(line -> line.trim().split(" +", 5)[STATE_COLUMN].equals(SYN_RECV))
                .count();
    }

    private static ObserveSettings observing(Duration after) {
        return new ObserveSettings(Duration.ofSeconds(10), after, Payload.text("hello"));
    }

    private static FloodSettings flooding(int stallMillis) {
        return new FloodSettings(
                FloodSettings.MOST_BYTES, Duration.ofMillis(stallMillis), Duration.ofSeconds(15));
    }

    /// From now on the server's namespace takes nothing for the port that `match` describes.
    private static void drop(Lab lab, String match) throws IOException {
        filter(lab, match + " drop");
    }

    /// @param rule what becomes of what is sent to the port
    private static void filter(Lab lab, String rule) throws IOException {
        lab.server()
                .nft(
                        """
                        table ip lab {
                          chain input {
                            type filter hook input priority 0;
                            tcp dport %d %s
                          }
                        }
                        """
                                .formatted(PORT, rule));
    }

    private static Submitted submit(TestEngine engine, StepSettings step) {
        return engine.submit(Lab.SERVER + ":" + PORT, Settings.DEFAULT.withSteps(List.of(step)));
    }

    private static void readAll(SocketChannel channel) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try {
            while (channel.read(buffer.clear()) >= 0) {
                // until the test ends it
            }
        } catch (IOException _) {
            // ended
        }
    }
}
