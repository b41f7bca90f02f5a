package dev.sonde.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.Certificates;
import dev.sonde.lab.TlsContexts;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.tls.ClientAuth;
import dev.sonde.tls.ServerTlsReport;
import dev.sonde.tls.TlsServerSettings;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.Fingerprint;
import dev.sonde.tls.certificate.KeyMaterial;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a handshake shows, how it fails, and peers that mean no good.
class TlsHandshakeTest {

    private static final Behaviour ECHO = new Behaviour.Echo(Duration.ZERO);
    private static final Duration SHORT = Duration.ofMillis(100);

    @TempDir Path directory;
    private final TlsLab lab = new TlsLab();

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void factsAreToldWhenTheHandshakeSucceeds() throws Exception {
        KeyMaterial own = Certificates.client(lab.lab.authority, "client-a", TlsLab.HOSTS);
        TlsServerSettings settings =
                TlsLab.SERVER.withClientAuth(ClientAuth.NEED).withAlpn(List.of("h2", "http/1.1"));
        SSLSocket client = lab.connect(lab.open(ECHO, settings), own);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1", "h2"});
        client.setSSLParameters(parameters);
        assertThat(TlsBehaviourTest.talk(client, "x")).isEqualTo("x");
        ServerTlsReport seen =
                lab.lab.listeners.connections("a").orElseThrow().getFirst().handshake();
        assertThat(Objects.requireNonNull(seen).version()).isEqualTo("TLSv1.3");
        assertThat(seen.cipher()).startsWith("TLS_AES_");
        assertThat(seen.alpn()).isEqualTo("h2");
        assertThat(seen.serverName()).isEqualTo("localhost");
        assertThat(seen.clientChain().getFirst().subject()).isEqualTo("CN=client-a");
        assertThat(seen.clientChain().getFirst().fingerprintSha256())
                .isEqualTo(Fingerprint.of(own.chain().getFirst()));
        assertThat(seen.failure()).isNull();
    }

    @Test
    void clientIsTakenWithoutACertificateWhenOneIsOnlyWanted() throws Exception {
        SSLSocket client =
                lab.connect(lab.open(ECHO, TlsLab.SERVER.withClientAuth(ClientAuth.WANT)));
        assertThat(TlsBehaviourTest.talk(client, "x")).isEqualTo("x");
        client.close();
        assertThat(Objects.requireNonNull(lab.ended().handshake()).clientChain()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientIsRefusedWhenItHasNoCertificate(String version) throws Exception {
        SSLSocket client =
                lab.connect(lab.open(ECHO, TlsLab.SERVER.withClientAuth(ClientAuth.NEED)));
        client.setEnabledProtocols(new String[] {version});
        assertThatThrownBy(() -> TlsBehaviourTest.talk(client, "x"))
                .isInstanceOf(IOException.class);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.TLS_FAILED);
        assertThat(Objects.requireNonNull(ended.handshake()).alertSent())
                .isIn("bad_certificate", "certificate_required", "handshake_failure");
        assertThat(TlsBehaviourTest.events(ended)).contains("tls_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void clientIsRefusedWhenAnotherAuthorityVouchesForIt(String version) throws Exception {
        CertificateAuthority other = new CertificateAuthority(directory, Clock.systemUTC());
        KeyMaterial foreign = Certificates.client(other, "stranger", TlsLab.HOSTS);
        InetSocketAddress address = lab.open(ECHO, TlsLab.SERVER.withClientAuth(ClientAuth.WANT));
        SSLSocket client = lab.over(stubborn(foreign), address);
        client.setEnabledProtocols(new String[] {version});
        assertThatThrownBy(() -> TlsBehaviourTest.talk(client, "x"))
                .isInstanceOf(IOException.class);
        ServerTlsReport seen = lab.ended().handshake();
        assertThat(Objects.requireNonNull(seen).failure())
                .contains("no trusted authority vouches", "CN=stranger");
        assertThat(seen.clientChain().getFirst().subject()).isEqualTo("CN=stranger");
        assertThat(seen.alertSent()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void endIsThePeersAlertWhenTheClientTrustsAnotherAuthority(String version) throws Exception {
        CertificateAuthority other = new CertificateAuthority(directory, Clock.systemUTC());
        SSLSocket client = lab.over(TlsContexts.of(null, other.certificate()), lab.open(ECHO));
        client.setEnabledProtocols(new String[] {version});
        assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.TLS_ALERT);
        assertThat(Objects.requireNonNull(ended.handshake()).alertReceived())
                .isEqualTo("certificate_unknown");
        assertThat(ended.handshake().failure()).contains("certificate_unknown");
    }

    @Test
    void noCommonProtocolIsAnAlertWhenNoneIsSpoken() throws Exception {
        SSLSocket client = lab.connect(lab.open(ECHO, TlsLab.SERVER.withAlpn(List.of("h2"))));
        SSLParameters parameters = client.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"http/1.1"});
        client.setSSLParameters(parameters);
        assertThatThrownBy(client::startHandshake).hasMessageContaining("no_application_protocol");
        assertThat(Objects.requireNonNull(lab.ended().handshake()).alertSent())
                .isEqualTo("no_application_protocol");
    }

    @Test
    void peerIsToldSoWhenItSpeaksNoTls() throws Exception {
        Socket client = lab.lab.connect(lab.open(ECHO));
        client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(US_ASCII));
        byte[] answer = client.getInputStream().readAllBytes();
        assertThat(answer).startsWith(21, 3).hasSize(7);
        client.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.TLS_FAILED);
        assertThat(Objects.requireNonNull(ended.handshake()).failure())
                .isEqualTo("the peer does not speak TLS");
        assertThat(ended.in().bytes()).isZero();
        assertThat(lab.lab.status().connections().bytesIn()).isZero();
    }

    @Test
    void connectionIsBrokenWhenGarbageFollowsTheHandshake() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        Socket raw = lab.lab.connect(address);
        SSLSocket client =
                (SSLSocket)
                        TlsContexts.of(null, lab.lab.authority.certificate())
                                .getSocketFactory()
                                .createSocket(raw, "localhost", address.getPort(), false);
        assertThat(TlsBehaviourTest.talk(client, "x")).isEqualTo("x");
        raw.getOutputStream().write(new byte[] {23, 3, 3, 0, 32});
        raw.getOutputStream().write(new byte[32]);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.TLS_FAILED);
        assertThat(Objects.requireNonNull(ended.handshake()).failure()).isNotEmpty();
        assertThat(ended.handshake().version()).isEqualTo("TLSv1.3");
    }

    /// Until TLS 1.2 a client may ask for one handshake after the other, all of them on the loop.
    @Test
    void connectionIsBrokenWhenTheClientWantsAnotherHandshake() throws Exception {
        SSLSocket client = lab.connect(lab.open(ECHO));
        client.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertThat(TlsBehaviourTest.talk(client, "x")).isEqualTo("x");
        client.startHandshake(); // sends its first word, and leaves the rest to the next read
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.TLS_FAILED);
        assertThat(Objects.requireNonNull(ended.handshake()).failure())
                .contains("another handshake");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void limitEndsTheHandshakeWhenHalfARecordIsFollowedBySilence(boolean isIdle) throws Exception {
        Limits limits = new Limits(9, isIdle ? SHORT : null, isIdle ? null : SHORT, null);
        InetSocketAddress address =
                lab.lab.open(ListenerLab.spec(ECHO).withTls(TlsLab.SERVER).withLimits(limits));
        Socket client = lab.lab.connect(address);
        client.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1, 0});
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(isIdle ? ConnectionEnd.IDLE : ConnectionEnd.LIFETIME);
        assertThat(Objects.requireNonNull(ended.handshake()).failure()).contains("was not over");
    }

    @Test
    void endIsThePeersWhenItClosesInTheMiddle() throws Exception {
        Socket client = lab.lab.connect(lab.open(ECHO));
        client.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1, 0});
        client.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.PEER_FIN);
        assertThat(Objects.requireNonNull(ended.handshake()).failure())
                .isEqualTo("the peer closed the connection in the middle of the TLS handshake");
    }

    @Test
    void endIsThePeersWhenItResetsInTheMiddle() throws Exception {
        Socket client = lab.lab.connect(lab.open(ECHO));
        client.getOutputStream().write(new byte[] {22, 3, 1, 1, 0, 1, 0});
        lab.lab.next(ListenerEvent.Accepted.class);
        ListenerLab.reset(client);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.PEER_RST);
    }

    @Test
    void connectionIsResetWhenItsListenerIsDeletedInTheMiddle() throws Exception {
        Socket client = lab.lab.connect(lab.open(ECHO));
        lab.lab.next(ListenerEvent.Accepted.class);
        lab.lab.listeners.delete("a", _ -> {});
        assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(IOException.class);
        assertThat(lab.lab.next(ListenerEvent.Ended.class).end())
                .isEqualTo(ConnectionEnd.LISTENER_CLOSED);
        assertThat(lab.lab.descriptors.used()).isZero();
    }

    @Test
    void nothingIsHeldWhenHundredsOfHandshakesAreOver() throws Exception {
        InetSocketAddress address = lab.open(new Behaviour.Close(Duration.ZERO));
        SSLContext context = TlsContexts.of(null, lab.lab.authority.certificate());
        for (int i = 0; i < 300; i++) {
            try (SSLSocket client = lab.over(context, address)) {
                if (i % 4 != 0) {
                    client.startHandshake();
                }
            }
        }
        await().until(() -> lab.lab.status().connections().active() == 0);
        assertThat(lab.lab.status().connections().accepted()).isEqualTo(300);
        assertThat(lab.lab.descriptors.used()).isOne();
        await().until(() -> lab.lab.channels() == 1);
    }

    /// A client that presents what it has, whatever authorities are named.
    private SSLContext stubborn(KeyMaterial own) throws Exception {
        return TlsContexts.presentingAnyway(own, lab.lab.authority.certificate());
    }
}
