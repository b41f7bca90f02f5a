package dev.sonde.attempt;

import static dev.sonde.lab.TalkingPeer.hear;
import static dev.sonde.lab.TalkingPeer.say;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.sonde.dialogue.Action;
import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Script;
import dev.sonde.dialogue.Template;
import dev.sonde.lab.Certificates;
import dev.sonde.lab.TalkingPeer;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.DialogueReport;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.DialogueSettings;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import dev.sonde.probe.spec.StepSettings;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.tls.TlsClients;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// TLS that begins in the middle of a dialogue, with the JDK's own TLS at the other end.
class StartTlsTest {

    private static final TlsSettings TRUSTING =
            new TlsSettings(null, List.of(), null, null, new TlsTrust.Authority(), null);

    private static final List<DialogueStep> STEPS =
            List.of(
                    DialogueStep.expect("^220 (?P<host>\\S+)\r\n"),
                    DialogueStep.send("STARTTLS\r\n"),
                    new DialogueStep("^220 go\r\n", null, null, null, null, true, null),
                    DialogueStep.send("EHLO ${host}\r\n"),
                    DialogueStep.expect("^250 (?P<size>\\d+)\r\n"));

    @TempDir Path directory;
    private TlsClients clients;
    private TestEngine engine;
    private KeyMaterial keys;

    @BeforeEach
    void open() {
        CertificateAuthority authority =
                new CertificateAuthority(directory.resolve("authority"), Clock.systemUTC());
        keys = Certificates.server(authority, "mx", "127.0.0.1");
        clients = new TlsClients(authority, 2);
        engine = TestEngine.setup().tls(clients).started();
    }

    @AfterEach
    void close() {
        engine.assertNothingHeld();
        engine.close();
        clients.close();
    }

    @Test
    void dialogueGoesOnInTlsWhenAStepStartsIt() throws IOException {
        try (TalkingPeer peer = TalkingPeer.start(client -> serve(client, "220 go\r\n"))) {
            AttemptResult result = engine.probe(peer.address(), talking(TRUSTING));
            assertThat(Submitted.verdict(result))
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo("succeeded/connected");
            assertThat(result.phases())
                    .extracting(PhaseTime::phase)
                    .containsExactly(
                            Phase.QUEUE, Phase.CONNECT, Phase.DIALOGUE, Phase.TLS, Phase.CLOSE);
            assertThat(result.phases().stream().mapToLong(PhaseTime::tookNanos).sum())
                    .isEqualTo(result.tookNanos());
            assertThat(((TlsReport) result.reports().get(0)).isVerified()).isTrue();
            assertThat(report(result).labels()).isEqualTo(Map.of("host", "mx", "size", "1000"));
            assertThat(report(result).step()).isNull();
        }
    }

    @Test
    void failingStepIsToldWhenItsHandshakeFails() throws IOException {
        try (TalkingPeer peer = TalkingPeer.start(client -> serve(client, "220 go\r\n"))) {
            AttemptResult result = engine.probe(peer.address(), talking());
            assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_untrusted");
            assertThat(result.outcome().phase()).isEqualTo(Phase.TLS);
            assertThat(result.outcome().detail()).startsWith("step 3: ");
            assertThat(report(result).step()).isEqualTo(3);
            assertThat(((TlsReport) result.reports().get(0)).chain()).isNotEmpty();
        }
    }

    @Test
    void handshakeMeetsTheRestWhenAnAnswerWasNotTakenWhole() throws IOException {
        try (TalkingPeer peer =
                TalkingPeer.start(client -> serve(client, "220 go\r\nand go\r\n"))) {
            AttemptResult result = engine.probe(peer.address(), talking(TRUSTING));
            assertThat(Submitted.verdict(result)).isEqualTo("failed/tls_handshake_failed");
            assertThat(result.outcome().detail())
                    .contains("does not speak TLS", "8 bytes that no step had taken");
        }
    }

    @Test
    void dialogueIsSpokenInTlsFromTheStartWhenNoStepStartsIt() throws IOException {
        try (TalkingPeer peer =
                TalkingPeer.start(
                        client -> {
                            Socket secured = TalkingPeer.secured(client, keys);
                            say(secured, "+OK\r\n");
                            say(secured, hear(secured) + " heard\r\n");
                            hear(secured);
                        })) {
            List<StepSettings> steps =
                    List.of(
                            TRUSTING,
                            DialogueSettings.of(
                                    List.of(
                                            DialogueStep.expect("^\\+OK\r\n"),
                                            DialogueStep.send("hello\n"),
                                            DialogueStep.expect("^hello heard\r\n"))));
            AttemptResult result =
                    engine.probe(peer.address(), ProbeSettings.DEFAULT.withSteps(steps));
            assertThat(Submitted.verdict(result))
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo("succeeded/connected");
            assertThat(result.phases())
                    .extracting(PhaseTime::phase)
                    .containsExactly(
                            Phase.QUEUE, Phase.CONNECT, Phase.TLS, Phase.DIALOGUE, Phase.CLOSE);
        }
    }

    /// What blackbox_exporter's files may ask for: TLS at once, and again twice inside of it.
    @Test
    void dialogueGoesOnWhenTlsStartsInsideTls() throws IOException {
        String much = "x".repeat(50_000);
        TalkingPeer.Talk talk =
                client -> {
                    Socket once = TalkingPeer.secured(client, keys);
                    hear(once);
                    Socket twice = TalkingPeer.secured(once, keys);
                    hear(twice);
                    Socket thrice = TalkingPeer.secured(twice, keys);
                    say(thrice, hear(thrice) + much + "\n");
                    hear(thrice);
                };
        List<Action> actions =
                List.of(
                        new Action.Send(1, literal("one\n")),
                        new Action.StartTls(1),
                        new Action.Send(2, literal("two\n")),
                        new Action.StartTls(2),
                        new Action.Send(3, literal(much + "\n")),
                        new Action.Expect(
                                4,
                                Pattern.compile("^x{1000}"),
                                null,
                                Action.Reading.STREAM,
                                List.of()),
                        new Action.ExpectBytes(
                                5, ByteBuffer.wrap(("x".repeat(99_000) + "\n").getBytes(UTF_8))));
        try (TalkingPeer peer = TalkingPeer.start(talk)) {
            DialogueSettings dialogue = new DialogueSettings(new Script(actions, List.of()), true);
            AttemptResult result =
                    engine.probe(
                            peer.address(),
                            ProbeSettings.DEFAULT.withSteps(List.of(TRUSTING, dialogue)));
            assertThat(Submitted.verdict(result))
                    .as(String.valueOf(result.outcome().detail()))
                    .isEqualTo("succeeded/connected");
            assertThat(result.timeline())
                    .filteredOn(event -> event.kind().label().equals("tls_established"))
                    .hasSize(3);
            assertThat(result.reports()).filteredOn(TlsReport.class::isInstance).hasSize(3);
        }
    }

    private static Template literal(String text) {
        return new Template(
                List.of(new Template.Part.Literal(ByteBuffer.wrap(text.getBytes(UTF_8)))));
    }

    private void serve(Socket client, String go) throws IOException {
        say(client, "220 mx\r\n");
        hear(client);
        say(client, go);
        Socket secured = TalkingPeer.secured(client, keys);
        say(secured, hear(secured).equals("EHLO mx\r") ? "250 1000\r\n" : "500 what\r\n");
        hear(secured);
    }

    private static ProbeSettings talking(TlsSettings... tls) {
        List<StepSettings> steps = new ArrayList<>(List.of(tls));
        steps.add(DialogueSettings.of(STEPS));
        return ProbeSettings.DEFAULT.withSteps(steps);
    }

    private static DialogueReport report(AttemptResult result) {
        return (DialogueReport) result.reports().get(1);
    }
}
