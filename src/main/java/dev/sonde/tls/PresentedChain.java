package dev.sonde.tls;

import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.FailureReason;
import dev.sonde.tls.certificate.EncodedCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/// The certificates of one handshake as they came, up to the first that the JDK cannot read.
/// Written by the handshake's tasks, read after them.
final class PresentedChain {

    private static final ScopedValue<PresentedChain> CURRENT = ScopedValue.newInstance();

    private final SSLEngine engine;
    private final List<byte[]> encodings = new ArrayList<>();
    private @Nullable Exception problem;
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

    void noteUnreadable(byte[] encoded, Exception cause) {
        encodings.add(encoded);
        problem = cause;
        session = engine.getHandshakeSession();
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
        CertificateFacts facts = EncodedCertificate.facts(encodings.getLast());
        return new Refusal(
                FailureReason.TLS_HANDSHAKE_FAILED,
                "certificate %d of the server's chain%s breaks the rules of X.509: %s"
                        .formatted(
                                encodings.size(),
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
