package dev.sonde.api.result;

import dev.sonde.probe.finding.CertificateFacts;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;

/// A certificate that a peer presented.
@Schema(name = "PresentedCertificate", description = "A certificate that a peer presented")
record PresentedCertificate(
        @Schema(description = "A distinguished name", example = "CN=db.example") String subject,
        @Schema(description = "A distinguished name", example = "CN=Example CA") String issuer,
        @Schema(description = "Names and addresses that it vouches for") List<String> names,
        @Schema(description = "Hexadecimal, lower case") String serialNumber,
        @Schema(description = "SHA-256 of the certificate, hexadecimal, lower case")
                String fingerprintSha256,
        @Schema(description = "UTC") Instant notBefore,
        @Schema(description = "UTC") Instant notAfter) {

    static PresentedCertificate of(CertificateFacts facts) {
        return new PresentedCertificate(
                facts.subject(),
                facts.issuer(),
                facts.names(),
                facts.serialNumber(),
                facts.fingerprintSha256(),
                facts.notBefore(),
                facts.notAfter());
    }
}
