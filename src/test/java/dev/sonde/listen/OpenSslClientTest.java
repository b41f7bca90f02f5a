package dev.sonde.listen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.dialogue.Payload;
import dev.sonde.lab.Certificates;
import dev.sonde.lab.LabRequirement;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.tls.ClientAuth;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.Pem;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS listeners against `openssl s_client`, a peer of another make that complains of a stream
/// without close_notify.
class OpenSslClientTest {

    private static final Behaviour GREETING = new Behaviour.Banner(Payload.text("220 hi\n"), true);

    @TempDir Path directory;
    private final TlsLab lab = new TlsLab();

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void streamEndsInOrderWhenTheListenerCloses(String version) throws Exception {
        String output = talk(lab.open(GREETING), version, "-servername", "db.example");
        assertThat(output).contains("220 hi").doesNotContain("unexpected eof", "errno");
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.OUR_FIN);
        assertThat(Objects.requireNonNull(ended.handshake()).serverName()).isEqualTo("db.example");
    }

    @Test
    void clientIsKnownWhenItPresentsACertificate() throws Exception {
        KeyMaterial own = Certificates.client(lab.lab.authority, "client-a", TlsLab.HOSTS);
        Path key = Files.writeString(directory.resolve("client.key"), own.keyPem());
        Path chain = Files.writeString(directory.resolve("client.pem"), Pem.of(own.chain()));
        InetSocketAddress address =
                lab.open(GREETING, TlsLab.SERVER.withClientAuth(ClientAuth.NEED));
        assertThat(talk(address, "-cert", chain.toString(), "-key", key.toString()))
                .contains("220 hi");
        assertThat(
                        Objects.requireNonNull(lab.ended().handshake())
                                .clientChain()
                                .getFirst()
                                .subject())
                .isEqualTo("CN=client-a");
        assertThat(talk(address)).contains("alert").doesNotContain("220 hi");
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.TLS_FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-tls1_2", "-tls1_3"})
    void dialogueGoesOnInTlsWhenTheClientAsksForItAsMailDoes(String version) throws Exception {
        Behaviour smtp =
                new Behaviour.Dialogue(
                        List.of(
                                DialogueStep.send("220 mx ESMTP\r\n"),
                                DialogueStep.expect("^EHLO \\S+\r\n"),
                                DialogueStep.send("250-mx\r\n250 STARTTLS\r\n"),
                                DialogueStep.expect("^STARTTLS\r\n"),
                                DialogueStep.send("220 go\r\n"),
                                DialogueStep.tls(),
                                DialogueStep.send("250 inside\r\n"),
                                DialogueStep.close(DialogueStep.Close.FIN)));
        String output = talk(lab.open(smtp), version, "-starttls", "smtp");
        assertThat(output).contains("250 inside").doesNotContain("unexpected eof", "errno");
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.OUR_FIN);
        assertThat(Objects.requireNonNull(ended.handshake()).failure()).isNull();
        assertThat(new String(ended.recordedBytes(), UTF_8)).endsWith("STARTTLS\r\n");
    }

    private String talk(InetSocketAddress to, String... options)
            throws IOException, InterruptedException {
        LabRequirement.command("openssl");
        Path ca =
                Files.writeString(
                        directory.resolve("ca.pem"),
                        Pem.of(List.of(lab.lab.authority.certificate())));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "openssl",
                                "s_client",
                                "-connect",
                                "127.0.0.1:" + to.getPort(),
                                "-CAfile",
                                ca.toString(),
                                "-verify_return_error",
                                "-quiet"));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        process.waitFor();
        return output;
    }
}
