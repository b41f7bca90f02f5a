package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.HoldReport;
import dev.sonde.probe.finding.HoldReport.EndedBy;
import dev.sonde.probe.finding.HoldReport.Mechanism;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.HoldSettings.Keepalive;
import dev.sonde.probe.spec.HoldSettings.Sending;
import dev.sonde.probe.spec.ProbeSettings;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What becomes of a connection that is held, on loopback.
class HoldTest {

    private static final Duration LONG = Duration.ofSeconds(15);

    @Test
    void connectionIsHeldToTheEndWhenNobodyEndsIt() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Duration hold = Duration.ofMillis(300);
            Sending send = new Sending(Duration.ofMillis(50), 20);
            AttemptResult result =
                    engine.probe(peer.address(), holding(new HoldSettings(hold, null, null, send)));

            assertThat(Submitted.verdict(result)).isEqualTo("succeeded/connected");
            HoldReport report = report(result);
            assertThat(report.endedBy()).isEqualTo(EndedBy.PROBER);
            assertThat(report.mechanism()).isNull();
            assertThat(report.heldMicros()).isGreaterThanOrEqualTo(300_000);
            assertThat(report.sentBytes()).isBetween(20L, 120L);
            assertThat(report.unacknowledgedBytes()).isZero();
            assertThat(report.retransmits()).isZero();
            engine.assertNothingHeld();
        }
    }

    @Test
    void keepaliveProbesAreCountedWhenTheConnectionIsIdle() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Keepalive keepalive = new Keepalive(Duration.ofSeconds(1), Duration.ofSeconds(1), 3);
            Duration hold = Duration.ofMillis(1_600);
            AttemptResult result =
                    engine.probe(
                            peer.address(), holding(new HoldSettings(hold, keepalive, null, null)));

            assertThat(Submitted.verdict(result)).isEqualTo("succeeded/connected");
            assertThat(report(result).keepaliveProbes()).isEqualTo(1);
            assertThat(report(result).unansweredProbes()).isZero();
        }
    }

    @Test
    void peerEndedItWhenItSendsAFin() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), holding(LONG));
            engine.turn();
            peer.listener().accept().close();
            AttemptResult result = engine.await(probe).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("failed/closed_by_peer");
            assertThat(report(result).endedBy()).isEqualTo(EndedBy.PEER);
            assertThat(report(result).mechanism()).isEqualTo(Mechanism.FIN);
            engine.assertNothingHeld();
        }
    }

    @Test
    void peerEndedItWhenItSendsARst() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), holding(LONG));
            engine.turn();
            Peer.abort(peer.listener().accept());
            AttemptResult result = engine.await(probe).attempt();

            assertThat(Submitted.verdict(result)).isEqualTo("failed/reset");
            assertThat(report(result).mechanism()).isEqualTo(Mechanism.RST);
        }
    }

    /// The peer's kernel answers every probe of the window, and the user timeout ends it all the
    /// same.
    @Test
    void dataThatStillWaitAreToldAtTheEnd() {
        // A slow machine may not fill the peer's window in time.
        await().untilAsserted(
                        () ->
                                assertThat(detailWithoutReader())
                                        .contains("the peer's window is zero"));
    }

    private static String detailWithoutReader() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            peer.listener().setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            Sending send = new Sending(Duration.ofMillis(10), Sending.MOST_BYTES);
            HoldSettings held = new HoldSettings(Duration.ofMillis(500), null, null, send);
            AttemptResult result = engine.probe(peer.address(), holding(held));
            assertThat(Submitted.verdict(result)).isEqualTo("succeeded/connected");
            return String.valueOf(result.outcome().detail());
        }
    }

    @Test
    void userTimeoutEndsItWhenThePeerDoesNotRead() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            peer.listener().setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            Sending send = new Sending(Duration.ofMillis(10), Sending.MOST_BYTES);
            Duration userTimeout = Duration.ofSeconds(1);
            Submitted probe =
                    engine.submit(
                            peer.address(),
                            holding(new HoldSettings(LONG, null, userTimeout, send)));
            engine.turn();
            try (SocketChannel unread = peer.listener().accept()) {
                AttemptResult result = engine.await(probe).attempt();

                assertThat(unread.isOpen()).isTrue();
                assertThat(Submitted.verdict(result)).isEqualTo("failed/peer_lost");
                assertThat(report(result).endedBy()).isEqualTo(EndedBy.KERNEL);
                assertThat(report(result).mechanism()).isEqualTo(Mechanism.USER_TIMEOUT);
                assertThat(result.outcome().detail()).contains("zero window");
            }
        }
    }

    @Test
    void slotsAreBackWhenHeldConnectionsAreCancelled() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), holding(LONG));
            engine.turnUntil(() -> engine.prober.inFlight() == 1);
            probe.probe.cancel();

            assertThat(engine.await(probe).verdict()).isEqualTo("not_probed/cancelled");
            engine.assertNothingHeld();
        }
    }

    @Test
    void everyoneIsToldWhenTheLoopClosesUnderHeldConnections() throws IOException {
        Submitted probe;
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            probe = engine.submit(peer.address(), holding(LONG));
            engine.turnUntil(() -> engine.prober.inFlight() == 1);
            engine.loops.close();

            assertThat(probe.verdict()).isEqualTo("not_probed/cancelled");
            assertThat(probe.outcome().detail()).contains("shutting down");
            engine.assertNothingHeld();
        }
    }

    static ProbeSettings holding(Duration hold) {
        return holding(new HoldSettings(hold, null, null, null));
    }

    static ProbeSettings holding(HoldSettings hold) {
        return Settings.DEFAULT.withSteps(List.of(hold));
    }

    static HoldReport report(AttemptResult result) {
        return (HoldReport) result.reports().getLast();
    }
}
