package dev.sonde.tls;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.tls.certificate.IssuedCertificate;
import dev.sonde.tls.certificate.TrustStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;

/// Why a chain was refused.
record Refusal(FailureReason reason, String detail) {

    /// With an engine the name is judged too; a chain that is good without one bears a wrong name.
    static Refusal ofServer(
            TrustStore trust,
            X509Certificate[] presented,
            String authType,
            CertificateException cause) {
        if (isExpired(cause) || trust.wouldHaveTrusted(presented)) {
            return expired(presented);
        }
        try {
            trust.manager().checkServerTrusted(presented, authType);
            return new Refusal(
                    FailureReason.TLS_HOSTNAME_MISMATCH,
                    "the certificate does not bear the name: it bears "
                            + IssuedCertificate.hostsOf(presented[0]));
        } catch (CertificateException _) {
            return untrusted(presented);
        }
    }

    /// A client's name is nobody's concern.
    static Refusal ofClient(
            TrustStore trust, X509Certificate[] presented, CertificateException cause) {
        return isExpired(cause) || trust.wouldHaveTrusted(presented)
                ? expired(presented)
                : untrusted(presented);
    }

    private static Refusal untrusted(X509Certificate[] presented) {
        return new Refusal(
                FailureReason.TLS_UNTRUSTED,
                "no trusted authority vouches for the certificate of "
                        + presented[0].getSubjectX500Principal().getName()
                        + ", issued by "
                        + presented[0].getIssuerX500Principal().getName());
    }

    private static boolean isExpired(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof CertificateExpiredException
                    || at instanceof CertificateNotYetValidException
                    || (at instanceof CertPathValidatorException path
                            && (path.getReason() == BasicReason.EXPIRED
                                    || path.getReason() == BasicReason.NOT_YET_VALID))) {
                return true;
            }
        }
        return false;
    }

    private static Refusal expired(X509Certificate[] presented) {
        return new Refusal(FailureReason.TLS_EXPIRED, period(presented));
    }

    private static String period(X509Certificate[] presented) {
        for (X509Certificate certificate : presented) {
            try {
                certificate.checkValidity();
            } catch (CertificateException _) {
                return "the certificate of %s is valid from %s to %s"
                        .formatted(
                                certificate.getSubjectX500Principal().getName(),
                                certificate.getNotBefore().toInstant(),
                                certificate.getNotAfter().toInstant());
            }
        }
        return "a certificate on the way to the authority is not valid now";
    }
}
