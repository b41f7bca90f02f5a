package dev.sonde.tls;

import dev.sonde.tls.certificate.TrustStore;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Judges the chain of one handshake and keeps it, so a refused certificate can be shown. Single
/// use; called by the handshake's delegated tasks, read after them.
final class RecordingTrustManager extends X509ExtendedTrustManager {

    private final @Nullable TrustStore trust;
    private final @Nullable String name;
    private List<X509Certificate> chain = List.of();
    private @Nullable Refusal refusal;
    private @Nullable SSLSession session;
    private boolean isVerified;

    /// @param trust null where nothing is to be verified
    /// @param name that a server's certificate has to bear; null for the certificate of a client
    RecordingTrustManager(@Nullable TrustStore trust, @Nullable String name) {
        this.trust = trust;
        this.name = name;
    }

    /// The presented chain; empty where none came.
    List<X509Certificate> chain() {
        return chain;
    }

    @Nullable Refusal refusal() {
        return refusal;
    }

    /// Absent where nothing was verified.
    @Nullable Boolean isVerified() {
        return (trust == null || chain.isEmpty()) ? null : (Boolean) isVerified;
    }

    /// The handshake's session when the chain came, for its version and its cipher.
    @Nullable SSLSession session() {
        return session;
    }

    /// The least NotAfter on the way from the peer's certificate to an authority.
    @Nullable Instant verifiedUntil() {
        if (trust == null || !isVerified) {
            return null;
        }
        return trust.path(chain.toArray(X509Certificate[]::new)).stream()
                .map(certificate -> certificate.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /// The check of a chain against the certificates of a store.
    private interface Check {
        void by(TrustStore store) throws CertificateException;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType, SSLEngine engine)
            throws CertificateException {
        judge(
                presented,
                engine,
                name,
                store -> store.manager().checkServerTrusted(presented, authType, engine));
    }

    /// The names of a client's certificate are not compared.
    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType, SSLEngine engine)
            throws CertificateException {
        judge(
                presented,
                engine,
                null,
                store -> store.manager().checkClientTrusted(presented, authType, engine));
    }

    private void judge(
            X509Certificate[] presented, SSLEngine engine, @Nullable String wanted, Check check)
            throws CertificateException {
        PresentedChain.requireReadable();
        remember(presented, engine);
        if (trust == null) {
            return;
        }
        try {
            check.by(trust);
        } catch (CertificateException e) {
            refusal = Refusal.of(trust, presented, e);
            throw e;
        }
        judgeFurther(trust, presented, wanted);
    }

    private void judgeFurther(
            TrustStore store, X509Certificate[] presented, @Nullable String wanted)
            throws CertificateException {
        Refusal further = CertificateRules.refusal(store, presented, wanted);
        if (further != null) {
            refusal = further;
            throw new CertificateException(further.detail());
        }
        isVerified = true;
    }

    private void remember(X509Certificate[] presented, SSLEngine engine) {
        chain = List.of(presented);
        session = engine.getHandshakeSession();
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trust == null ? new X509Certificate[0] : trust.manager().getAcceptedIssuers();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType) {
        throw onlyEngines();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] presented, String authType, Socket socket) {
        throw onlyEngines();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType) {
        throw onlyEngines();
    }

    @Override
    public void checkClientTrusted(X509Certificate[] presented, String authType, Socket socket) {
        throw onlyEngines();
    }

    private static IllegalStateException onlyEngines() {
        return new IllegalStateException("engines ask for nothing else");
    }
}
