package dev.sonde.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.Paged;
import dev.sonde.history.Presented;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A certificate that a probe saw, in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "SeenCertificate",
        description = "A certificate that an address presented to a probe")
@Paged(
        value = "A stretch of a list of certificates",
        name = "SeenCertificatePage",
        order = "Soonest end first",
        cursor = "4711")
record PresentedView(
        @Schema(description = "Name of the probe", example = "orders-db") String probe,
        @Schema(description = "The probe's target") String target,
        @Schema(description = "The address that presented it") String address,
        @Schema(description = "A distinguished name", example = "CN=db.example") String subject,
        @Schema(description = "A distinguished name", example = "CN=Example CA") String issuer,
        @Schema(description = "Begin of its validity, UTC") Instant notBefore,
        @Schema(description = "End of its validity, UTC") Instant notAfter,
        @Schema(description = "Whole days until its end; negative after it") long daysLeft,
        @Schema(
                        description = "The share of its lifetime that is left",
                        minimum = "0",
                        maximum = "1")
                double lifetimeLeft,
        @Schema(description = "Whether the chain was found good; absent where nothing was verified")
                @Nullable Boolean verified,
        @Schema(
                        description = "Why the handshake failed; absent where it did not",
                        example = "tls_expired")
                @Nullable String reason,
        @Schema(description = "Start of the latest run that saw it, UTC") Instant seenAt) {

    static PresentedView of(Presented presented, Instant now) {
        return new PresentedView(
                presented.probe(),
                presented.target(),
                presented.address(),
                presented.subject(),
                presented.issuer(),
                presented.notBefore(),
                presented.notAfter(),
                presented.daysLeft(now),
                presented.lifetimeLeft(now),
                presented.isVerified(),
                presented.reason(),
                presented.seenAt().truncatedTo(ChronoUnit.MILLIS));
    }
}
