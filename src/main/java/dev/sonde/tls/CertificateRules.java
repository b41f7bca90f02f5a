package dev.sonde.tls;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.tls.certificate.IssuedCertificate;
import dev.sonde.tls.certificate.RootConstraints;
import dev.sonde.tls.certificate.TrustStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The rules of a verifier that the JDK does not apply. They concern pinned certificates, the
/// validity of roots, broken digests, a root's name constraints, and the server's name (RFC 9525).
final class CertificateRules {

    /// Digests for which collisions are known; Go and OpenSSL refuse them as well.
    private static final List<String> BROKEN_DIGESTS = List.of("MD2", "MD5", "SHA1");

    private CertificateRules() {}

    /// Judges a chain that the JDK trusts.
    ///
    /// @param name of the server; null where the other end is a client
    static @Nullable Refusal refusal(
            TrustStore trust, X509Certificate[] presented, @Nullable String name) {
        List<X509Certificate> path = trust.path(presented);
        for (X509Certificate certificate : path) {
            try {
                certificate.checkValidity();
            } catch (CertificateException _) {
                return new Refusal(FailureReason.TLS_EXPIRED, Refusal.period(certificate));
            }
        }
        // Nobody looks at the signature of what is trusted as it is.
        for (X509Certificate certificate : path.subList(0, path.size() - 1)) {
            if (isBroken(certificate)) {
                return new Refusal(
                        FailureReason.TLS_UNTRUSTED,
                        "the certificate of %s is signed with %s, which proves nothing any more"
                                .formatted(
                                        certificate.getSubjectX500Principal().getName(),
                                        certificate.getSigAlgName()));
            }
        }
        if (!RootConstraints.permit(path)) {
            return new Refusal(
                    FailureReason.TLS_UNTRUSTED,
                    "the trusted authority %s may not vouch for these names (name constraints)"
                            .formatted(path.getLast().getSubjectX500Principal().getName()));
        }
        return name == null || ServerName.isBorne(name, presented[0]) ? null : otherName(presented);
    }

    private static boolean isBroken(X509Certificate certificate) {
        String algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT).replace("-", "");
        return BROKEN_DIGESTS.stream().anyMatch(algorithm::startsWith);
    }

    private static Refusal otherName(X509Certificate[] presented) {
        List<String> hosts = IssuedCertificate.hostsOf(presented[0]);
        return new Refusal(
                FailureReason.TLS_HOSTNAME_MISMATCH,
                hosts.isEmpty()
                        ? "the certificate bears no name at all (subjectAltName); its common name"
                                + " does not count (RFC 9525)"
                        : "the certificate does not bear the name: it bears " + hosts);
    }
}
