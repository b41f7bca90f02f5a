package dev.sonde.tls;

import dev.sonde.probe.finding.FailureReason;
import dev.sonde.tls.certificate.TrustStore;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.PKIXReason;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Why a chain was refused.
record Refusal(FailureReason reason, String detail) {

    private static final String UNKNOWN_EXTENSION = "a critical extension is unknown";

    /// A chain that the JDK does not trust.
    static Refusal of(TrustStore trust, X509Certificate[] presented, CertificateException cause) {
        return isExpired(cause) || trust.wouldHaveTrusted(presented)
                ? expired(presented)
                : untrusted(presented, cause);
    }

    private static Refusal untrusted(X509Certificate[] presented, Throwable cause) {
        String rule = brokenRule(cause);
        if (rule == null
                && Stream.of(presented)
                        .anyMatch(X509Certificate::hasUnsupportedCriticalExtension)) {
            rule = UNKNOWN_EXTENSION; // the JDK's path builder does not report it
        }
        return new Refusal(
                FailureReason.TLS_UNTRUSTED,
                (rule == null ? "" : rule + ": ")
                        + "no trusted authority vouches for the certificate of "
                        + presented[0].getSubjectX500Principal().getName()
                        + ", issued by "
                        + presented[0].getIssuerX500Principal().getName());
    }

    /// The rule of RFC 5280 that the chain breaks; absent where none of its authorities is known.
    private static @Nullable String brokenRule(Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            String message = String.valueOf(at.getMessage());
            if (message.contains("xtended key usage")) {
                return "its extended key usage does not permit this use";
            }
            if (at instanceof CertPathValidatorException path) {
                String rule = rule(path.getReason());
                if (rule != null) {
                    return rule;
                }
            }
        }
        return null;
    }

    private static @Nullable String rule(CertPathValidatorException.Reason reason) {
        return switch (reason) {
            case PKIXReason.INVALID_KEY_USAGE -> "a key is used for what its certificate forbids";
            case PKIXReason.INVALID_NAME -> "the name constraints of an authority exclude its name";
            case PKIXReason.NOT_CA_CERT -> "an issuer on the way is no authority";
            case PKIXReason.PATH_TOO_LONG -> "an authority permits no path of this length";
            case PKIXReason.UNRECOGNIZED_CRIT_EXT -> UNKNOWN_EXTENSION;
            case BasicReason.ALGORITHM_CONSTRAINED -> "its algorithm or its key is too weak";
            case BasicReason.INVALID_SIGNATURE -> "a signature is wrong";
            case BasicReason.REVOKED -> "a certificate is revoked";
            default -> null;
        };
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
                return period(certificate);
            }
        }
        return "a certificate on the way to the authority is not valid now";
    }

    static String period(X509Certificate certificate) {
        return "the certificate of %s is valid from %s to %s"
                .formatted(
                        certificate.getSubjectX500Principal().getName(),
                        certificate.getNotBefore().toInstant(),
                        certificate.getNotAfter().toInstant());
    }
}
