package dev.sonde.tls.certificate;

import dev.sonde.probe.finding.CertificateFacts;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// Facts of a certificate.
public final class Fingerprint {

    private Fingerprint() {}

    /// The SHA-256 of its encoding, hexadecimal, lower case.
    public static String of(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate without a digest", e);
        }
    }

    public static CertificateFacts facts(X509Certificate certificate) {
        return new CertificateFacts(
                certificate.getSubjectX500Principal().getName(),
                certificate.getIssuerX500Principal().getName(),
                IssuedCertificate.hostsOf(certificate),
                certificate.getSerialNumber().toString(16),
                of(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
