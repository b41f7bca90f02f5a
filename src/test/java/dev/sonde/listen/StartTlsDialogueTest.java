package dev.sonde.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sonde.dialogue.DialogueStep;
import dev.sonde.lab.Certificates;
import dev.sonde.lab.TalkingPeer;
import dev.sonde.lab.TlsContexts;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.Limits;
import dev.sonde.tls.ClientAuth;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.TlsAlert;
import dev.sonde.tls.certificate.TlsFault;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TLS that begins in the middle of a listener's dialogue, with the JDK's own TLS at the other end.
class StartTlsDialogueTest {

    private static final Behaviour SMTP =
            new Behaviour.Dialogue(
                    List.of(
                            DialogueStep.send("220 mx\r\n"),
                            DialogueStep.expect("^EHLO (?P<who>\\S+)\r\n"),
                            DialogueStep.send("250-mx\r\n250 STARTTLS\r\n"),
                            DialogueStep.expect("^STARTTLS\r\n"),
                            DialogueStep.send("220 go\r\n"),
                            DialogueStep.tls(),
                            DialogueStep.expect("^EHLO again\r\n"),
                            DialogueStep.send("250 welcome ${who}\r\n"),
                            DialogueStep.expect("^QUIT\r\n"),
                            DialogueStep.close(DialogueStep.Close.FIN)));

    /// Nothing is said before the handshake, so that a client may send all at once.
    private static final Behaviour EAGER =
            new Behaviour.Dialogue(
                    List.of(
                            new DialogueStep("^STARTTLS\r\n", null, null, null, null, true, null),
                            DialogueStep.expect("^hello\r\n"),
                            DialogueStep.send("hello yourself\r\n")));

    private static final byte[] ASK = "STARTTLS\r\n".getBytes(US_ASCII);

    @TempDir Path directory;
    private final TlsLab lab = new TlsLab();

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void dialogueGoesOnInTlsWhenAStepStartsIt(String version) throws Exception {
        InetSocketAddress address = lab.open(SMTP);
        Socket plain = lab.lab.connect(address);
        askForTls(plain);
        SSLSocket client = over(lab.lab.authority, plain);
        client.setEnabledProtocols(new String[] {version});
        TalkingPeer.say(client, "EHLO again\r\n");
        assertThat(TalkingPeer.hear(client)).isEqualTo("250 welcome me\r");
        TalkingPeer.say(client, "QUIT\r\n");
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.OUR_FIN);
        assertThat(Objects.requireNonNull(ended.handshake()).version()).isEqualTo(version);
        assertThat(ended.handshake().serverName()).isEqualTo("localhost");
        assertThat(ended.handshake().failure()).isNull();
        assertThat(ended.recordedBytes())
                .isEqualTo("EHLO me\r\nSTARTTLS\r\nEHLO again\r\nQUIT\r\n".getBytes(US_ASCII));
        assertThat(TlsBehaviourTest.events(ended))
                .containsSubsequence("first_byte_out", "first_byte_in", "tls_established")
                .containsOnlyOnce("tls_established")
                .endsWith("peer_closed");
    }

    /// What came in clear with the last line, to the last byte, is the handshake's.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 60, 100_000})
    void handshakeSucceedsWhenItsFirstBytesComeWithTheLineBefore(int together) throws Exception {
        Socket plain = new Joining(lab.open(EAGER), together);
        SSLSocket client = over(lab.lab.authority, plain);
        TalkingPeer.say(client, "hello\r\n");
        assertThat(TalkingPeer.hear(client)).isEqualTo("hello yourself\r");
        client.close();
        assertThat(Objects.requireNonNull(lab.ended().handshake()).version()).isEqualTo("TLSv1.3");
    }

    /// More than a dialogue keeps, in one write; what it begins with is no TLS.
    @Test
    void handshakeMeetsAllTheRestWhenMoreCameThanADialogueKeeps() throws Exception {
        Socket plain = lab.lab.connect(lab.open(EAGER));
        byte[] sent = ("STARTTLS\r\n" + "x".repeat(12_000)).getBytes(US_ASCII);
        plain.getOutputStream().write(sent);
        assertThat(plain.getInputStream().readAllBytes()).startsWith(21, 3).hasSize(7);
        plain.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.TLS_FAILED);
        assertThat(Objects.requireNonNull(ended.handshake()).failure())
                .isEqualTo("the peer does not speak TLS");
        assertThat(TlsBehaviourTest.events(ended)).contains("tls_failed");
    }

    @Test
    void nothingIsToldOfTlsWhenThePeerNeverAsksForIt() throws Exception {
        Socket plain = lab.lab.connect(lab.open(SMTP));
        assertThat(TalkingPeer.hear(plain)).isEqualTo("220 mx\r");
        plain.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.PEER_FIN);
        assertThat(ended.handshake()).isNull();
    }

    @Test
    void endIsThePeersAlertWhenTheClientTrustsAnotherAuthority() throws Exception {
        CertificateAuthority other = new CertificateAuthority(directory, Clock.systemUTC());
        Socket plain = lab.lab.connect(lab.open(SMTP));
        askForTls(plain);
        SSLSocket client = over(other, plain);
        assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.TLS_ALERT);
        assertThat(Objects.requireNonNull(ended.handshake()).alertReceived())
                .isEqualTo("certificate_unknown");
    }

    @Test
    void clientIsKnownWhenACertificateIsNeeded() throws Exception {
        KeyMaterial own = Certificates.client(lab.lab.authority, "client-a", TlsLab.HOSTS);
        InetSocketAddress address = lab.open(SMTP, TlsLab.SERVER.withClientAuth(ClientAuth.NEED));
        Socket plain = lab.lab.connect(address);
        askForTls(plain);
        SSLSocket client = over(TlsContexts.of(own, lab.lab.authority.certificate()), plain);
        TalkingPeer.say(client, "EHLO again\r\n");
        assertThat(TalkingPeer.hear(client)).isEqualTo("250 welcome me\r");
        client.close();
        assertThat(
                        Objects.requireNonNull(lab.ended().handshake())
                                .clientChain()
                                .getFirst()
                                .subject())
                .isEqualTo("CN=client-a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void alertIsSentWhenTheFaultSaysSo(boolean isTogether) throws Exception {
        TlsFault fault = new TlsFault(TlsFault.Type.ALERT, TlsAlert.UNKNOWN_CA);
        InetSocketAddress address = lab.open(EAGER, TlsLab.SERVER.withFault(fault));
        Socket plain = new Joining(address, isTogether ? 60 : 0);
        SSLSocket client = over(lab.lab.authority, plain);
        assertThatThrownBy(client::startHandshake).hasMessageContaining("unknown_ca");
        plain.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.TLS_FAILED);
        assertThat(Objects.requireNonNull(ended.handshake()).alertSent()).isEqualTo("unknown_ca");
    }

    @Test
    void limitEndsTheHandshakeWhenThePeerIsSilent() throws Exception {
        Limits limits = new Limits(9, Duration.ofMillis(200), null, null);
        InetSocketAddress address =
                lab.lab.open(
                        ListenerLab.spec(new Behaviour.Hold())
                                .withTls(TlsLab.SERVER)
                                .withBehaviour(SMTP)
                                .withLimits(limits));
        Socket plain = lab.lab.connect(address);
        askForTls(plain);
        assertThat(plain.getInputStream().read()).isEqualTo(-1);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.IDLE);
        assertThat(Objects.requireNonNull(ended.handshake()).failure()).contains("was not over");
        assertThat(lab.lab.descriptors.used()).isOne();
    }

    @Test
    void endIsThePeersWhenItClosesInTheMiddle() throws Exception {
        Socket plain = lab.lab.connect(lab.open(SMTP));
        askForTls(plain);
        plain.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1, 0});
        plain.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.PEER_FIN);
        assertThat(Objects.requireNonNull(ended.handshake()).failure())
                .isEqualTo("the peer closed the connection in the middle of the TLS handshake");
        assertThat(TlsBehaviourTest.events(ended)).containsOnlyOnce("peer_closed");
    }

    @Test
    void listenerIsRefusedWhenAStepStartsTlsThatNobodyDescribed() {
        assertThatThrownBy(() -> ListenerLab.spec(SMTP))
                .isInstanceOf(InvalidListenerException.class)
                .extracting(e -> ((InvalidListenerException) e).field())
                .isEqualTo("behaviour.steps[5].startTls");
    }

    private static void askForTls(Socket plain) throws IOException {
        assertThat(TalkingPeer.hear(plain)).isEqualTo("220 mx\r");
        TalkingPeer.say(plain, "EHLO me\r\n");
        assertThat(TalkingPeer.hear(plain)).isEqualTo("250-mx\r");
        assertThat(TalkingPeer.hear(plain)).isEqualTo("250 STARTTLS\r");
        TalkingPeer.say(plain, "STARTTLS\r\n");
        assertThat(TalkingPeer.hear(plain)).isEqualTo("220 go\r");
    }

    private static SSLSocket over(CertificateAuthority trusted, Socket plain) throws Exception {
        return over(TlsContexts.of(null, trusted.certificate()), plain);
    }

    private static SSLSocket over(SSLContext context, Socket plain) throws IOException {
        SSLSocket client =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(plain, "localhost", plain.getPort(), true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName("localhost")));
        client.setSSLParameters(parameters);
        return client;
    }

    /// Asks for TLS and begins with it in one write.
    private static final class Joining extends Socket {

        private final int together;
        private boolean hasAsked;

        /// @param together how many of the first bytes go with the line
        Joining(InetSocketAddress to, int together) throws IOException {
            super(to.getAddress(), to.getPort());
            this.together = together;
            setSoTimeout(10_000);
            setTcpNoDelay(true);
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return new FilterOutputStream(super.getOutputStream()) {
                @Override
                public void write(byte[] bytes, int from, int count) throws IOException {
                    int joined = hasAsked ? 0 : Math.min(together, count);
                    if (!hasAsked) {
                        hasAsked = true;
                        ByteBuffer first = ByteBuffer.allocate(ASK.length + joined);
                        out.write(first.put(ASK).put(bytes, from, joined).array());
                    }
                    out.write(bytes, from + joined, count - joined);
                }
            };
        }
    }
}
