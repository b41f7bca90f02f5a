package dev.sonde.tls;

import dev.sonde.eventloop.TurnBudget;
import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.Target;
import dev.sonde.probe.spec.TlsSettings;
import dev.sonde.probe.spec.TlsTrust;
import dev.sonde.probe.spec.TlsVersion;
import dev.sonde.tls.certificate.AuthorityOffException;
import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.GivenKeys;
import dev.sonde.tls.certificate.KeyMaterial;
import dev.sonde.tls.certificate.Pem;
import dev.sonde.tls.certificate.TrustStore;
import java.io.IOException;
import java.nio.channels.ByteChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// Makes TLS connections, and has the threads on which their work is done. Safe for any thread.
public final class TlsClients implements AutoCloseable {

    private static final long IDLE_THREAD_SECONDS = 30;
    private static final int MOST_TRUST_STORES = 1_000;

    static {
        // Read once, when the JDK first makes a context: what OpenSSL takes.
        HandshakeLimits.raise();
    }

    private final CertificateAuthority authority;
    private final ThreadPoolExecutor threads;
    private final GivenKeys givenKeys = new GivenKeys();

    /// A cache, because reading a bundle takes milliseconds. A full cache is emptied, because
    /// modules are few.
    private final ConcurrentMap<TlsTrust, TrustStore> trustStores = new ConcurrentHashMap<>();

    /// @param concurrency threads at most
    public TlsClients(CertificateAuthority authority, int concurrency) {
        this.authority = authority;
        this.threads =
                new ThreadPoolExecutor(
                        concurrency,
                        concurrency,
                        IDLE_THREAD_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(),
                        Thread.ofPlatform().daemon().name("tls-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// The threads on which connections are set up and their tasks run. Waiting tasks are bounded
    /// by the attempts that hold a socket.
    public ExecutorService threads() {
        return threads;
    }

    /// Sets up a connection before its handshake. May block.
    ///
    /// @param channel does not block; stays the caller's to close
    /// @param budget of the loop that drives the channel
    /// @param host of the target
    /// @throws IllegalArgumentException with a sentence for a person, when the settings name
    ///     something that does not exist
    public TlsClientConnection connect(
            ByteChannel channel, TurnBudget budget, TlsSettings settings, String host, int port) {
        CertificateReader.install();
        String name = settings.serverName() == null ? host : settings.serverName();
        RecordingTrustManager verdict =
                new RecordingTrustManager(trustStore(settings.trust()), name);
        RecordingKeyManager key = new RecordingKeyManager(keys(settings.client()));
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {key}, new TrustManager[] {verdict}, null);
            SSLEngine engine = context.createSSLEngine(name, port);
            engine.setUseClientMode(true);
            engine.setSSLParameters(parameters(engine.getSSLParameters(), settings, name));
            return new TlsClientConnection(
                    engine, new RawChannel(channel, budget), verdict, key, name);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static SSLParameters parameters(
            SSLParameters parameters, TlsSettings settings, String name) {
        parameters.setProtocols(
                Arrays.stream(TlsVersion.values())
                        .filter(version -> isWanted(version, settings))
                        .map(TlsVersion::word)
                        .toArray(String[]::new));
        parameters.setApplicationProtocols(settings.alpn().toArray(String[]::new));
        if (!new Target(name, 1).isLiteral()) {
            parameters.setServerNames(List.of(ServerName.of(name)));
        }
        return parameters;
    }

    private static boolean isWanted(TlsVersion version, TlsSettings settings) {
        TlsVersion oldest = settings.minVersion();
        TlsVersion newest = settings.maxVersion();
        return (oldest == null || version.compareTo(oldest) >= 0)
                && (newest == null || version.compareTo(newest) <= 0);
    }

    private @Nullable KeyMaterial keys(@Nullable ClientIdentity client) {
        return switch (client) {
            case null -> null;
            case ClientIdentity.Issued(String name) ->
                    authority
                            .keys(name)
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    "no certificate has the name \""
                                                            + name
                                                            + "\""));
            case ClientIdentity.Given given -> givenKeys.read(given);
        };
    }

    /// Reads trusted certificates before their first use. May block.
    void know(TlsTrust trust) {
        var _ = trustStore(trust);
    }

    private @Nullable TrustStore trustStore(TlsTrust asked) {
        if (asked instanceof TlsTrust.Insecure) {
            return null;
        }
        TlsTrust trust =
                asked instanceof TlsTrust.BundleFile(Path file)
                        ? new TlsTrust.Bundle(GivenKeys.textOf("the trusted authorities", file))
                        : asked;
        TrustStore known = trustStores.get(trust);
        if (known != null) {
            return known;
        }
        if (trustStores.size() >= MOST_TRUST_STORES) {
            trustStores.clear();
        }
        TrustStore read = read(trust);
        trustStores.put(trust, read);
        return read;
    }

    private TrustStore read(TlsTrust trust) {
        try {
            return switch (trust) {
                case TlsTrust.Host _ -> TrustStore.ofSystem();
                case TlsTrust.Authority _ -> TrustStore.of(List.of(authority.certificate()));
                case TlsTrust.Bundle(String pem) -> TrustStore.of(Pem.readable(pem));
                case TlsTrust.BundleFile _ ->
                        throw new IllegalStateException("its content is what is known");
                case TlsTrust.Insecure _ ->
                        throw new IllegalStateException("nothing is trusted or not");
            };
        } catch (AuthorityOffException e) {
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the authorities to be trusted cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
