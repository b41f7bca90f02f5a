package dev.sonde.api.certificate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of a list of certificates.
///
/// @param next the cursor of the next page; absent on the last one
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CertificatePage", description = "A stretch of a list of certificates")
record CertificatePageView(
        @Schema(description = "In the order of their names") List<CertificateView> items,
        @Schema(
                        description = "The cursor of the next page; absent on the last one",
                        example = "server-a")
                @Nullable String next) {}
