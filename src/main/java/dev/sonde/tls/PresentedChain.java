package dev.sonde.tls;

import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.tls.certificate.EncodedCertificate;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// The certificates of one handshake as they came, with those that the JDK cannot read. Written by
/// the handshake's tasks, read after them.
final class PresentedChain {

    private static final ScopedValue<PresentedChain> CURRENT = ScopedValue.newInstance();

    private final SSLEngine engine;
    private final List<byte[]> encodings = new ArrayList<>();
    private @Nullable CertificateException problem;

    /// The number of the first unreadable certificate, from 1.
    private int unreadable;

    private @Nullable SSLSession session;

    PresentedChain(SSLEngine engine) {
        this.engine = engine;
    }

    /// The chain of the task that this thread runs; absent outside of a handshake.
    static @Nullable PresentedChain current() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /// The same task; the certificates that it reads are noted here.
    Runnable during(Runnable task) {
        return () -> ScopedValue.where(CURRENT, this).run(task);
    }

    void note(byte[] encoded) {
        encodings.add(encoded);
    }

    void noteUnreadable(byte[] encoded, CertificateException cause) {
        encodings.add(encoded);
        if (problem == null) {
            problem = cause;
            unreadable = encodings.size();
            session = engine.getHandshakeSession();
        }
    }

    /// Refuses the chain of this thread's handshake, where the JDK could not read all of it.
    static void requireReadable() throws CertificateException {
        PresentedChain chain = current();
        if (chain != null && chain.problem != null) {
            throw chain.problem;
        }
    }

    /// The encodings are of no use once the JDK has read them all.
    void forget() {
        encodings.clear();
    }

    /// The handshake's session when the unreadable certificate came.
    @Nullable SSLSession session() {
        return session;
    }

    /// The facts of the certificates, without those that hold none; empty where the JDK could read
    /// all.
    List<CertificateFacts> facts() {
        return problem == null
                ? List.of()
                : encodings.stream()
                        .map(EncodedCertificate::facts)
                        .filter(Objects::nonNull)
                        .toList();
    }

    /// The end of the handshake by an unreadable certificate, if there is one.
    @Nullable Refusal refusal() {
        if (problem == null) {
            return null;
        }
        CertificateFacts facts = EncodedCertificate.facts(encodings.get(unreadable - 1));
        return new Refusal(
                FailureReason.TLS_HANDSHAKE_FAILED,
                "certificate %d of the server's chain%s breaks the rules of X.509: %s"
                        .formatted(
                                unreadable,
                                facts == null ? "" : ", of " + facts.subject() + ",",
                                root(problem)));
    }

    private static String root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
