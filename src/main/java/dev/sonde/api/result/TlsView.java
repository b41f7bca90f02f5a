package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.finding.OcspStaple;
import dev.sonde.probe.finding.TlsReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Facts of a TLS handshake in an answer, also of one that failed.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TlsFacts", description = "Facts of the TLS handshake, also of one that failed")
record TlsView(
        @Schema(description = "The version that was agreed on", example = "TLSv1.3")
                @Nullable String version,
        @Schema(description = "The cipher suite", example = "TLS_AES_256_GCM_SHA384")
                @Nullable String cipher,
        @Schema(description = "The protocol that was agreed on", example = "h2")
                @Nullable String alpn,
        @Schema(description = "The name that was asked for", example = "db.example")
                String serverName,
        @Schema(
                        description =
                                "Whether the chain and the name were found good; absent where nothing was"
                                        + " verified")
                @Nullable Boolean verified,
        @Schema(description = "When the first certificate of the verified chain expires, UTC")
                @Nullable Instant verifiedUntil,
        @Schema(description = "Whether an OCSP response was stapled to the handshake")
                @Nullable Boolean ocspStapled,
        @Nullable OcspView ocsp,
        @Schema(
                        description =
                                "Whether the peer asked for a client's certificate; absent where the"
                                        + " handshake did not come to that")
                @Nullable Boolean clientCertificateRequested,
        @Schema(
                        description =
                                "The presented certificates, the peer's own first; absent where none came")
                @Nullable List<PresentedCertificate> chain) {

    static TlsView of(TlsReport report) {
        boolean isPresented = !report.chain().isEmpty();
        return new TlsView(
                report.version(),
                report.cipher(),
                report.alpn(),
                report.serverName(),
                report.isVerified(),
                report.verifiedUntil(),
                report.isOcspStapled(),
                OcspView.of(report.ocsp()),
                (isPresented || report.isClientAsked()) ? report.isClientAsked() : null,
                isPresented
                        ? report.chain().stream().map(PresentedCertificate::of).toList()
                        : null);
    }

    /// The content of a stapled OCSP response.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(
            name = "OcspStaple",
            description =
                    "The stapled OCSP response on the peer's certificate (RFC 6960). Its signature is not verified")
    record OcspView(
            @Schema(
                            description =
                                    "unsuccessful: the responder gave no answer; unreadable: it is no"
                                            + " OCSP response",
                            allowableValues = {
                                "good",
                                "revoked",
                                "unknown",
                                "unsuccessful",
                                "unreadable"
                            })
                    String status,
            @Schema(description = "When it was signed, UTC") @Nullable Instant producedAt,
            @Schema(description = "When the status was known to be right, UTC")
                    @Nullable Instant thisUpdate,
            @Schema(description = "Time by which a newer response will exist, UTC")
                    @Nullable Instant nextUpdate,
            @Schema(description = "When the certificate was revoked, UTC")
                    @Nullable Instant revokedAt) {

        private static @Nullable OcspView of(@Nullable OcspStaple staple) {
            return staple == null
                    ? null
                    : new OcspView(
                            staple.status().name().toLowerCase(Locale.ROOT),
                            staple.producedAt(),
                            staple.thisUpdate(),
                            staple.nextUpdate(),
                            staple.revokedAt());
        }
    }
}
