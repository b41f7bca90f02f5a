package dev.sonde.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.UpstreamFailure;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// TLS through a proxy: passed on, ended at the listener, and begun towards the upstream. The
/// upstream is an echo of this service.
@SuppressWarnings("NullAway") // a null fails the test
class ProxyTlsTest {

    private static final TlsSettings TO_UPSTREAM =
            new TlsSettings("localhost", List.of(), null, null, new TlsTrust.Authority(), null);

    private final TlsLab tls = new TlsLab();

    @AfterEach
    void close() throws Exception {
        tls.close();
    }

    private InetSocketAddress proxy(InetSocketAddress upstream, @Nullable TlsSettings towards) {
        return tls.lab.listeners.create(spec(upstream, towards)).address();
    }

    private static ListenerSpec spec(InetSocketAddress upstream, @Nullable TlsSettings towards) {
        return ListenerSpec.of(
                "proxy",
                ListenerLab.ANY_PORT,
                new Behaviour.Proxy(
                        new Target("127.0.0.1", upstream.getPort()),
                        List.of(),
                        UpstreamFailure.CLOSE,
                        towards));
    }

    private static void echoes(Socket client) throws Exception {
        client.getOutputStream().write("hello".getBytes(StandardCharsets.US_ASCII));
        assertThat(client.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
    }

    private ConnectionView proxied() {
        return tls.lab.listeners.connections("proxy").orElseThrow().getFirst();
    }

    @Test
    void handshakeIsTheUpstreamsWhenTlsIsPassedOn() throws Exception {
        InetSocketAddress upstream = tls.open(new Behaviour.Echo(Duration.ZERO));
        echoes(tls.connect(proxy(upstream, null)));
        assertThat(proxied().handshake()).isNull();
        assertThat(proxied().recordedBytes()).startsWith(22, 3);
    }

    @Test
    void upstreamIsSpokenToInClearWhenTlsEndsAtTheListener() throws Exception {
        InetSocketAddress upstream = tls.lab.open(new Behaviour.Echo(Duration.ZERO));
        InetSocketAddress address =
                tls.lab.listeners.create(spec(upstream, null).withTls(TlsLab.SERVER)).address();
        echoes(tls.connect(address));
        assertThat(proxied().handshake()).isNotNull();
        assertThat(proxied().recordedBytes()).asString().isEqualTo("hello");
    }

    @Test
    void clientIsSpokenToInClearWhenTlsBeginsTowardsTheUpstream() throws Exception {
        InetSocketAddress upstream = tls.open(new Behaviour.Echo(Duration.ZERO));
        echoes(tls.lab.connect(proxy(upstream, TO_UPSTREAM)));
    }

    @Test
    void connectFailsWhenTheUpstreamsCertificateIsNotTrusted() throws Exception {
        InetSocketAddress upstream = tls.open(new Behaviour.Echo(Duration.ZERO));
        Socket client = tls.lab.connect(proxy(upstream, TlsSettings.DEFAULT.withServerName("a.b")));
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThat(proxied().upstream().failure()).startsWith("tls_");
    }
}
