package dev.sonde.api.certificate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.Paged;
import dev.sonde.tls.certificate.CertificateAuthority.Issuance;
import dev.sonde.tls.certificate.Fingerprint;
import dev.sonde.tls.certificate.IssuedCertificate;
import dev.sonde.tls.certificate.Pem;
import io.swagger.v3.oas.annotations.media.Schema;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An issued certificate in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Certificate", description = "A certificate that the built-in authority has issued")
@Paged(
        value = "A stretch of a list of certificates",
        name = "CertificatePage",
        order = "In the order of their names",
        cursor = "server-a")
record CertificateView(
        @Schema(description = "Unique", example = "server-a") String name,
        @Schema(
                        description = "Which end of a connection it is for",
                        allowableValues = {"server", "client"})
                String kind,
        @Schema(
                        description = "Names and addresses that it vouches for",
                        example = "[\"db.example\", \"127.0.0.1\"]")
                List<String> hosts,
        @Schema(description = "Hexadecimal, lower case") String serialNumber,
        @Schema(description = "SHA-256 of the certificate, hexadecimal, lower case")
                String fingerprintSha256,
        @Schema(description = "UTC", example = "2026-11-20T09:55:00Z") Instant notBefore,
        @Schema(description = "UTC", example = "2026-11-21T10:00:00Z") Instant notAfter,
        @Schema(description = "The certificate, in PEM") String certificate,
        @Schema(description = "The certificate and the authority's own, in PEM") String chain,
        @Schema(
                        description =
                                "The private key, in PEM (PKCS#8); there when the certificate is issued,"
                                        + " and never again")
                @Nullable String privateKey) {

    static CertificateView of(IssuedCertificate issued) {
        return of(issued, null);
    }

    static CertificateView of(Issuance issuance) {
        return of(issuance.issued(), issuance.keys().keyPem());
    }

    private static CertificateView of(IssuedCertificate issued, @Nullable String key) {
        X509Certificate certificate = issued.certificate();
        return new CertificateView(
                issued.name(),
                issued.kind().name().toLowerCase(Locale.ROOT),
                issued.hosts(),
                certificate.getSerialNumber().toString(16),
                Fingerprint.of(certificate),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant(),
                Pem.of(List.of(certificate)),
                Pem.of(issued.chain()),
                key);
    }

    /// The tag of an issued certificate, which never changes.
    String etag() {
        return "\"" + fingerprintSha256 + "\"";
    }

    /// The name, never the key.
    @Override
    public String toString() {
        return "CertificateView[" + name + "]";
    }
}
