package dev.sonde.listen;

import dev.sonde.lab.Certificates;
import dev.sonde.lab.TlsContexts;
import dev.sonde.listen.spec.Behaviour;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.tls.TlsServerSettings;
import dev.sonde.tls.certificate.KeyMaterial;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A listener with a certificate for `localhost`, and TLS clients that trust its authority.
final class TlsLab implements AutoCloseable {

    static final String[] HOSTS = {"localhost", "127.0.0.1"};
    static final TlsServerSettings SERVER = TlsServerSettings.of("server-a");

    final ListenerLab lab;

    TlsLab() {
        this(new ListenerLab());
    }

    TlsLab(ListenerLab lab) {
        this.lab = lab;
        Certificates.server(lab.authority, "server-a", HOSTS);
    }

    InetSocketAddress open(Behaviour behaviour) {
        return open(behaviour, SERVER);
    }

    InetSocketAddress open(Behaviour behaviour, TlsServerSettings tls) {
        // In this order: without TLS, a dialogue cannot start it.
        ListenerSpec spec = ListenerLab.spec(new Behaviour.Hold());
        return lab.open(spec.withTls(tls).withBehaviour(behaviour));
    }

    /// A client that has not shaken hands yet, and checks the name as a browser does.
    SSLSocket connect(InetSocketAddress to) throws Exception {
        return connect(to, null);
    }

    /// @param own what it presents when it is asked; nothing when null
    SSLSocket connect(InetSocketAddress to, @Nullable KeyMaterial own) throws Exception {
        return over(TlsContexts.of(own, lab.authority.certificate()), to);
    }

    SSLSocket over(SSLContext context, InetSocketAddress to) throws IOException {
        SSLSocket client =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(lab.connect(to), "localhost", to.getPort(), true);
        SSLParameters parameters = client.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName("localhost")));
        client.setSSLParameters(parameters);
        return client;
    }

    ConnectionView ended() throws InterruptedException {
        return lab.ended();
    }

    @Override
    public void close() throws IOException {
        lab.close();
    }
}
