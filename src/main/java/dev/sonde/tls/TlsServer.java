package dev.sonde.tls;

import dev.sonde.eventloop.TurnBudget;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.TlsFault;
import dev.sonde.tls.certificate.TrustStore;
import java.nio.channels.ByteChannel;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// A server that is ready for handshakes: its settings and their key material. Safe for any thread.
///
/// Every connection has a context of its own, as every probe has: a report covers only its own
/// handshake, and no session is resumed.
public final class TlsServer {

    private final TlsServerSettings settings;
    private final KeyMaterial material;
    private final TrustStore trust;

    TlsServer(TlsServerSettings settings, KeyMaterial material, TrustStore trust) {
        this.settings = settings;
        this.material = material;
        this.trust = trust;
    }

    /// Its deliberate fault; absent for a correct server.
    public @Nullable TlsFault fault() {
        return settings.fault();
    }

    /// Sets up a connection before its handshake. This may take milliseconds.
    ///
    /// @param channel does not block; stays the caller's to close
    /// @param budget of the loop that drives the channel
    public TlsServerConnection accept(ByteChannel channel, TurnBudget budget) {
        RecordingTrustManager verdict = new RecordingTrustManager(trust, null);
        AskedName askedName = new AskedName();
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    new KeyManager[] {new RecordingKeyManager(material)},
                    new TrustManager[] {verdict},
                    null);
            SSLEngine engine = context.createSSLEngine();
            engine.setUseClientMode(false);
            engine.setSSLParameters(parameters(engine.getSSLParameters(), askedName));
            return new TlsServerConnection(
                    context, engine, new RawChannel(channel, budget), verdict, askedName);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }

    private SSLParameters parameters(SSLParameters parameters, AskedName askedName) {
        switch (settings.clientAuth()) {
            case NONE -> {}
            case WANT -> parameters.setWantClientAuth(true);
            case NEED -> parameters.setNeedClientAuth(true);
        }
        parameters.setSNIMatchers(List.of(askedName));
        parameters.setApplicationProtocols(settings.alpn().toArray(String[]::new));
        return parameters;
    }
}
