package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.Payload;
import dev.sonde.lab.Lab;
import dev.sonde.probe.AttemptResult;
import dev.sonde.probe.FloodReport;
import dev.sonde.probe.FloodReport.Stall;
import dev.sonde.probe.FloodSettings;
import dev.sonde.probe.HoldReport.EndedBy;
import dev.sonde.probe.HoldReport.Mechanism;
import dev.sonde.probe.HoldSettings;
import dev.sonde.probe.HoldSettings.Keepalive;
import dev.sonde.probe.HoldSettings.Sending;
import dev.sonde.probe.ObserveReport;
import dev.sonde.probe.ObserveSettings;
import dev.sonde.probe.StepSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Connections whose path is cut, or loses, after the handshake. Needs root.
class CutPathTest {

    private static final int PORT = 7_001;
    private static final Duration HOLD = Duration.ofSeconds(7);
    private static final Keepalive KEEPALIVE =
            new Keepalive(Duration.ofSeconds(1), Duration.ofSeconds(1), 2);
    private static final Sending SENDING = new Sending(Duration.ofMillis(500), 20);
    private static final Duration USER_TIMEOUT = Duration.ofSeconds(2);

    @Test
    void keepaliveFindsACutPathOnlyWhenNoDataIsPendingAndTheUserTimeoutAlways() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            Submitted idle = submit(engine, new HoldSettings(HOLD, KEEPALIVE, null, null));
            Submitted pending = submit(engine, new HoldSettings(HOLD, KEEPALIVE, null, SENDING));
            Submitted cured =
                    submit(engine, new HoldSettings(HOLD, KEEPALIVE, USER_TIMEOUT, SENDING));
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

    @Test
    void sendStallsByLossWhenThePathIsCutUnderAReadingPeer() throws IOException {
        try (Lab lab = Lab.open();
                ServerSocketChannel listener = lab.listen(Lab.SERVER, PORT);
                TestEngine engine = lab.client().call(() -> TestEngine.setup().started())) {
            FloodSettings flood =
                    new FloodSettings(
                            FloodSettings.MOST_BYTES,
                            Duration.ofMillis(1_500),
                            Duration.ofSeconds(15));
            Submitted probe = submit(engine, flood);
            try (SocketChannel accepted = listener.accept()) {
                Thread reader = Thread.ofVirtual().start(() -> readAll(accepted));
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

    /// From now on the server's namespace takes nothing for the port that `match` describes.
    private static void drop(Lab lab, String match) throws IOException {
        lab.server()
                .nft(
                        """
                        table ip lab {
                          chain input {
                            type filter hook input priority 0;
                            tcp dport %d %s drop
                          }
                        }
                        """
                                .formatted(PORT, match));
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
