package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.attempt.name.Resolver;
import dev.sonde.lab.Endpoints;
import dev.sonde.probe.spec.AddressSelection;
import dev.sonde.probe.spec.ProbeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
