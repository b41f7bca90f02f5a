package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.FloodReport;
import dev.sonde.probe.finding.FloodReport.Stall;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How much goes through a connection, and what stops it, on loopback.
class FloodTest {

    private static final Duration STALL = Duration.ofMillis(600);

    @Test
    void everythingIsThroughWhenThePeerReads() throws Exception {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), flooding(20_000_000));
            engine.turn();
            Thread reader = Thread.ofPlatform().daemon().start(() -> readAll(peer));
            AttemptResult result = engine.await(probe).attempt();
            reader.join();

            assertThat(Submitted.verdict(result)).isEqualTo("succeeded/connected");
            assertThat(report(result).bytesTaken()).isEqualTo(20_000_000);
            assertThat(report(result).unacknowledgedBytes()).isZero();
            assertThat(report(result).stall()).isNull();
            engine.assertNothingHeld();
        }
    }

    @Test
    void windowIsZeroWhenThePeerDoesNotRead() throws IOException {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            peer.listener().setOption(StandardSocketOptions.SO_RCVBUF, 8_192);
            AttemptResult result = engine.probe(peer.address(), flooding(50_000_000));

            assertThat(Submitted.verdict(result)).isEqualTo("failed/send_stalled_zero_window");
            assertThat(result.outcome().phase()).isEqualTo(Phase.FLOOD);
            assertThat(result.outcome().detail()).contains("its program does not read");
            FloodReport report = report(result);
            assertThat(report.stall()).isEqualTo(Stall.ZERO_WINDOW);
            assertThat(report.windowBytes()).isZero();
            assertThat(report.bytesTaken()).isBetween(8_192L, 49_999_999L);
            assertThat(report.unsentBytes()).isEqualTo(report.unacknowledgedBytes());
            assertThat(report.stalledMicros()).isGreaterThanOrEqualTo(STALL.toMillis() * 1_000);
            engine.assertNothingHeld();
        }
    }

    @Test
    void wordsBeforeTheRstAreTold() throws Exception {
        try (TestEngine engine = TestEngine.byHand();
                Peer peer = Peer.listening()) {
            Submitted probe = engine.submit(peer.address(), flooding(50_000_000));
            engine.turn();
            try (SocketChannel accepted = peer.listener().accept()) {
                accepted.write(ByteBuffer.wrap("ERR full".getBytes(StandardCharsets.US_ASCII)));
                Peer.abort(accepted);
            }
            AttemptResult result = engine.await(probe).attempt();
            assertThat(Submitted.verdict(result)).isEqualTo("failed/reset");
            assertThat(result.outcome().detail()).contains("the peer said \"ERR full\"");
        }
    }

    @Test
    void floodIsDeniedWhenNoRuleNamesTheTarget() throws IOException {
        try (TestEngine engine = TestEngine.setup().floods(List.of("10.0.0.0/8")).byHand();
                Peer peer = Peer.listening()) {
            AttemptResult result = engine.probe(peer.address(), flooding(1));

            assertThat(Submitted.verdict(result)).isEqualTo("not_probed/denied_by_policy");
            assertThat(result.outcome().detail()).contains("sonde.policy.floods.allow");
            assertThat(result.timeline()).isEmpty();
        }
    }

    private static ProbeSettings flooding(long bytes) {
        return Settings.DEFAULT.withSteps(
                List.of(new FloodSettings(bytes, STALL, Duration.ofSeconds(15))));
    }

    private static FloodReport report(AttemptResult result) {
        return (FloodReport) result.reports().getFirst();
    }

    private static void readAll(Peer peer) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        try (SocketChannel accepted = peer.listener().accept()) {
            while (accepted.read(buffer.clear()) >= 0) {
                // until the prober closes
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
