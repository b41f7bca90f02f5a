package dev.sonde.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Script;
import dev.sonde.lab.Certificates;
import dev.sonde.lab.OwnThread;
import dev.sonde.lab.TlsContexts;
import dev.sonde.lab.TlsEnd;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.FloodSettings;
import dev.sonde.probe.spec.HoldSettings;
import dev.sonde.probe.spec.ObserveSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Peers that shake hands as they should and then break the rules of TLS, or end it with an alert:
/// the fault is theirs, in the step where it happened.
class TlsAfterHandshakeTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private TlsClients clients;
    private TestEngine engine;
    private KeyMaterial keys;

    @BeforeEach
    void open(@TempDir Path directory) {
        CertificateAuthority authority =
                new CertificateAuthority(directory.resolve("authority"), Clock.systemUTC());
        keys = Certificates.server(authority, "server-a", "localhost");
        clients = new TlsClients(authority, 2);
        engine = TestEngine.setup().tls(clients).started();
    }

    @AfterEach
    void close() {
        engine.assertNothingHeld();
        engine.close();
        clients.close();
    }

    @ParameterizedTest
    @CsvSource({
        "garbage, TLSv1.3, hold, failed/tls_protocol_error",
        "garbage, TLSv1.2, hold, failed/tls_protocol_error",
        "garbage, TLSv1.3, observe, failed/tls_protocol_error",
        "garbage, TLSv1.3, dialogue, failed/tls_protocol_error",
        "garbage, TLSv1.3, flood, failed/tls_protocol_error",
        "alert, TLSv1.3, hold, failed/tls_alert",
        "alert, TLSv1.2, hold, failed/tls_alert",
        "alert, TLSv1.3, observe, failed/tls_alert",
        "alert, TLSv1.3, dialogue, failed/tls_alert",
        "alert, TLSv1.3, flood, failed/tls_alert",
    })
    void faultIsThePeersWhenItComesAfterTheHandshake(
            String what, String version, String step, String verdict) throws Exception {
        try (Peer peer = Peer.listening()) {
            OwnThread.OF_EACH.execute(() -> serve(peer, what, version));
            TlsSettings tls =
                    new TlsSettings(
                            "localhost", List.of(), null, null, new TlsTrust.Insecure(), null);
            Submitted probe =
                    engine.await(
                            engine.submit(
                                    peer.address(),
                                    Settings.within(LONG).withSteps(List.of(tls, step(step)))));

            assertThat(probe.verdict()).isEqualTo(verdict);
            assertThat(Objects.requireNonNull(probe.outcome().phase()).label()).isEqualTo(step);
            assertThat(probe.outcome().detail()).doesNotContain("Exception").doesNotContain("java");
        }
    }

    private void serve(Peer peer, String what, String version) {
        try (SocketChannel socket = peer.listener().accept()) {
            TlsEnd end =
                    TlsEnd.server(TlsContexts.of(keys, keys.chain().getLast()), socket, version);
            end.send(what.equals("alert") ? end.alert() : TlsEnd.NO_TLS);
            ByteBuffer room = ByteBuffer.allocate(65_536);
            while (socket.read(room.clear()) >= 0) {
                // until the prober closes
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static StepSettings step(String name) {
        return switch (name) {
            case "hold" -> new HoldSettings(LONG, null, null, null);
            case "observe" -> new ObserveSettings(LONG, Duration.ZERO, null);
            case "flood" -> new FloodSettings(1L << 30, LONG, LONG);
            default ->
                    new DialogueSettings(
                            Script.of(List.of(DialogueStep.expect("never said"))), false);
        };
    }
}
