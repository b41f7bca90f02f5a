package dev.sonde.api.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.tls.ServerTlsReport;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Facts of the TLS handshake of an accepted connection in an answer, also of one that failed.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "AcceptedTls",
        description = "Facts of the TLS handshake with a client, also of one that failed")
public record ServerTlsView(
        @Schema(description = "The version that was agreed on", example = "TLSv1.3")
                @Nullable String version,
        @Schema(description = "The cipher suite", example = "TLS_AES_256_GCM_SHA384")
                @Nullable String cipher,
        @Schema(description = "The protocol that was agreed on", example = "h2")
                @Nullable String alpn,
        @Schema(description = "The name that the client asked for (SNI)", example = "db.example")
                @Nullable String serverName,
        @Schema(description = "Certificates that the client presented, its own certificate first")
                @Nullable List<PresentedCertificate> clientChain,
        @Schema(
                        description = "Why it failed; absent where it did not",
                        example = "the peer does not speak TLS")
                @Nullable String failure,
        @Schema(
                        description = "The alert by which the listener refused",
                        example = "handshake_failure")
                @Nullable String alertSent,
        @Schema(
                        description = "The alert by which the client refused",
                        example = "certificate_unknown")
                @Nullable String alertReceived) {

    public static @Nullable ServerTlsView of(@Nullable ServerTlsReport report) {
        if (report == null) {
            return null;
        }
        List<PresentedCertificate> chain =
                report.clientChain().stream().map(PresentedCertificate::of).toList();
        return new ServerTlsView(
                report.version(),
                report.cipher(),
                report.alpn(),
                report.serverName(),
                chain.isEmpty() ? null : chain,
                report.failure(),
                report.alertSent(),
                report.alertReceived());
    }
}
