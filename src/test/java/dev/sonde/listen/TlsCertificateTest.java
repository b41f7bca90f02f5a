package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sonde.lab.Certificates;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionEnd;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.InvalidListenerException;
import dev.sonde.listen.spec.Limits;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerState;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.tls.TlsServerSettings;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.TlsAlert;
import dev.sonde.tls.certificate.TlsFault;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which certificate a listener has, what becomes of it, and what it does wrong when told to.
@SuppressWarnings("NullAway") // a null fails the test
class TlsCertificateTest {

    private static final Behaviour ECHO = new Behaviour.Echo(Duration.ZERO);

    private final MemoryListenerStore store = new MemoryListenerStore();
    private final TlsLab lab = new TlsLab(new ListenerLab(store, 1_000));

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "client-a"})
    void listenerIsRefusedWhenNoServersCertificateHasTheName(String name) {
        Certificates.client(lab.lab.authority, "client-a", TlsLab.HOSTS);
        assertThatExceptionOfType(ListenerException.class)
                .isThrownBy(() -> lab.open(ECHO, TlsServerSettings.of(name)))
                .satisfies(e -> assertThat(e.problem()).isEqualTo(ListenerProblem.NO_CERTIFICATE))
                .withMessageContaining(name);
        assertThat(lab.lab.listeners.all()).isEmpty();
        assertThat(lab.lab.descriptors.used()).isZero();
    }

    @Test
    void listenerIsRefusedWhenItAcceptsNothing() {
        assertThatExceptionOfType(InvalidListenerException.class)
                .isThrownBy(() -> lab.open(new Behaviour.QueueFull()))
                .satisfies(e -> assertThat(e.field()).isEqualTo("tls"));
    }

    @Test
    void oldListenerGoesOnWhenItIsToHaveACertificateThatIsNotThere() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        ListenerSpec wrong =
                ListenerLab.spec(new Behaviour.Close(Duration.ZERO))
                        .withTls(TlsServerSettings.of("nobody"));
        assertThatExceptionOfType(ListenerException.class)
                .isThrownBy(() -> lab.lab.listeners.replace(wrong, _ -> {}));
        assertThat(TlsBehaviourTest.talk(lab.connect(address), "x")).isEqualTo("x");
    }

    @Test
    void newConnectionsMeetTheChangeWhenTheListenerIsReplaced() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        SSLSocket before = lab.connect(address);
        before.startHandshake();
        KeyMaterial other = Certificates.server(lab.lab.authority, "server-b", TlsLab.HOSTS);
        replace(ListenerLab.spec(ECHO).withTls(TlsServerSettings.of("server-b")));
        assertThat(presented(lab.connect(address))).isEqualTo(other.chain().getFirst());
        replace(ListenerLab.spec(ECHO));
        Socket inClear = lab.lab.connect(address);
        inClear.getOutputStream().write(7);
        assertThat(inClear.getInputStream().read()).isEqualTo(7);
        assertThat(TlsBehaviourTest.talk(before, "still")).isEqualTo("still");
    }

    @Test
    void certificateStaysInUseWhenItIsDeletedMeanwhile() throws Exception {
        InetSocketAddress address = lab.open(ECHO);
        lab.lab.authority.delete("server-a");
        assertThat(TlsBehaviourTest.talk(lab.connect(address), "x")).isEqualTo("x");
    }

    @Test
    void listenerWaitsForItsCertificateWhenThatIsGoneAtARestart() throws Exception {
        lab.open(ECHO);
        StoredListener stored = store.all().getFirst();
        lab.lab.listeners.delete("a", _ -> {});
        store.save(stored);
        lab.lab.authority.delete("server-a");

        lab.lab.listeners.reopen();
        assertThat(lab.lab.status().state()).isEqualTo(ListenerState.FAILED);
        assertThat(lab.lab.status().failure().problem()).isEqualTo(ListenerProblem.NO_CERTIFICATE);
        assertThat(lab.lab.status().failure().detail()).contains("server-a");

        Certificates.server(lab.lab.authority, "server-a", TlsLab.HOSTS);
        await().until(() -> lab.lab.status().state() == ListenerState.LISTENING);
        InetSocketAddress address = lab.lab.status().address();
        assertThat(TlsBehaviourTest.talk(lab.connect(address), "x")).isEqualTo("x");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED,    NotAfter",
        "WRONG_NAME, localhost",
        "UNTRUSTED,  unable to find valid certification path"
    })
    void clientRefusesWhenTheCertificateIsWrongOnPurpose(TlsFault.Type type, String message)
            throws Exception {
        InetSocketAddress address =
                lab.open(ECHO, TlsLab.SERVER.withFault(new TlsFault(type, null)));
        SSLSocket client = lab.connect(address);
        assertThatThrownBy(client::startHandshake).hasStackTraceContaining(message);
        assertThat(lab.ended().end()).isEqualTo(ConnectionEnd.TLS_ALERT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HANDSHAKE_FAILURE", "UNRECOGNIZED_NAME", "INTERNAL_ERROR"})
    void clientMeetsTheAlertWhenItIsTheListenersAnswer(TlsAlert alert) throws Exception {
        InetSocketAddress address =
                lab.open(ECHO, TlsLab.SERVER.withFault(new TlsFault(TlsFault.Type.ALERT, alert)));
        SSLSocket client = lab.connect(address);
        assertThatThrownBy(client::startHandshake).hasMessageContaining(alert.label());
        client.close();
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.TLS_FAILED);
        assertThat(ended.handshake().alertSent()).isEqualTo(alert.label());
    }

    @Test
    void clientWaitsUntilTheLimitWhenTheHandshakeNeverEnds() throws Exception {
        TlsServerSettings silent =
                TlsLab.SERVER.withFault(new TlsFault(TlsFault.Type.NEVER_ENDS, null));
        Limits limits = new Limits(9, null, Duration.ofMillis(200), null);
        InetSocketAddress address =
                lab.lab.open(ListenerLab.spec(ECHO).withTls(silent).withLimits(limits));
        SSLSocket client = lab.connect(address);
        assertThatThrownBy(client::startHandshake).isInstanceOf(IOException.class);
        ConnectionView ended = lab.ended();
        assertThat(ended.end()).isEqualTo(ConnectionEnd.LIFETIME);
        assertThat(ended.handshake().failure()).isEqualTo("never answered, as configured");
        assertThat(ended.out().bytes()).isZero();
        assertThat(ended.in().bytes()).isZero();
    }

    private void replace(ListenerSpec spec) {
        assertThat(lab.lab.listeners.replace(spec, _ -> {}).isNew()).isFalse();
    }

    private static X509Certificate presented(SSLSocket client) throws IOException {
        client.startHandshake();
        return (X509Certificate) client.getSession().getPeerCertificates()[0];
    }
}
