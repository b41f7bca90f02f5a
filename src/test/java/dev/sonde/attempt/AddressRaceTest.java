package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.api.timeline.DrawnText;
import dev.sonde.api.timeline.TimelineDrawing;
import dev.sonde.attempt.name.Resolver;
import dev.sonde.lab.Endpoints;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Several addresses of a name, of which one is enough.
class AddressRaceTest {

    private static final ProbeSettings ANY =
            ProbeSettings.DEFAULT
                    .withAddresses(AddressSelection.ANY)
                    .withTimeout(Duration.ofMinutes(1));

    @Test
    void nextAddressIsTriedAtOnceWhenOneHasFailed() throws IOException {
        try (ServerSocket open = Endpoints.open();
                TestEngine engine = engine("127.0.0.2", "127.0.0.1", "127.0.0.3")) {
            ProbeSettings patient = ANY.withStagger(Duration.ofMinutes(1));
            assertThat(verdicts(engine, open.getLocalPort(), patient))
                    .containsExactly("failed/refused", "succeeded/connected");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.001S"})
    void answerCancelsTheAttemptsBesideIt(Duration stagger) throws IOException {
        try (ServerSocket full = Endpoints.open(1);
                ServerSocket open = Endpoints.open("127.0.0.2", full.getLocalPort());
                SocketChannel one = SocketChannel.open(full.getLocalSocketAddress());
                SocketChannel two = SocketChannel.open(full.getLocalSocketAddress());
                TestEngine engine = engine("127.0.0.1", "127.0.0.2")) {
            assertThat(verdicts(engine, open.getLocalPort(), ANY.withStagger(stagger)))
                    .containsExactly("not_probed/cancelled", "succeeded/connected");
            assertThat(one.isConnected() && two.isConnected()).isTrue();
        }
    }

    @Test
    void probeFailsWhenNoAddressAnswers() throws IOException {
        try (TestEngine engine = engine("127.0.0.1", "127.0.0.2")) {
            assertThat(verdicts(engine, Endpoints.freePort(), ANY))
                    .containsExactly("failed/refused", "failed/refused");
        }
    }

    @Test
    void deniedAddressIsListedAndNotTried() throws IOException {
        try (ServerSocket open = Endpoints.open();
                TestEngine engine = engine("169.254.1.1", "127.0.0.1")) {
            assertThat(verdicts(engine, open.getLocalPort(), ANY))
                    .containsExactly("not_probed/denied_by_policy", "succeeded/connected");
        }
    }

    @Test
    void addressesAreDrawnSideBySideWhereTheyFit() throws IOException {
        try (ServerSocket open = Endpoints.open();
                TestEngine engine = engine("127.0.0.2", "127.0.0.1")) {
            int port = open.getLocalPort();
            ProbeSettings each = ANY.withAddresses(AddressSelection.EACH);
            List<AttemptResult> attempts =
                    engine.await(engine.submit("db.example:" + port, each)).attempts();
            ProbeResult result =
                    new ProbeResult(
                            UUID.randomUUID(),
                            null,
                            new Target("db.example", port),
                            Instant.EPOCH,
                            attempts);
            for (int width : new int[] {390, 1_030}) {
                String drawn = TimelineDrawing.of(result, width);
                assertThat(DrawnText.faults(drawn)).isEmpty();
                assertThat(DrawnText.of(drawn))
                        .extracting(DrawnText::words)
                        .anyMatch(words -> words.startsWith("SYN-ACK"))
                        .contains("127.0.0.1:" + port, "✓ succeeded: connected")
                        .contains("127.0.0.2:" + port, "✕ failed: refused, in phase connect");
            }
        }
    }

    private static List<String> verdicts(TestEngine engine, int port, ProbeSettings settings) {
        Submitted done = engine.await(engine.submit("db.example:" + port, settings));
        return new ArrayList<>(done.attempts()).stream().map(Submitted::verdict).toList();
    }

    private static TestEngine engine(String... addresses) {
        Resolver.Lookup lookup =
                _ -> Stream.of(addresses).map(InetAddress::ofLiteral).toArray(InetAddress[]::new);
        return TestEngine.setup().lookup(lookup).byHand();
    }
}
