package dev.sonde.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.form.InvalidField;
import dev.sonde.probe.spec.Excerpt;
import io.swagger.v3.oas.annotations.media.Schema;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Why a request was not carried out (RFC 9457).
///
/// @param errors what is wrong with the request, field by field; absent when it is not a matter of
///     fields
/// @param reason a word from a closed list, where the kind has one
/// @param replica the name of the replica to ask instead
/// @param replicaUrl where that one answers; absent while it is not there
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Problem", description = "Why a request was not carried out (RFC 9457)")
public record ProblemDocument(
        @Schema(description = "The kind of problem", example = "urn:sonde:problem:invalid-request")
                URI type,
        @Schema(description = "The same for every problem of the kind") String title,
        @Schema(description = "The HTTP status", minimum = "400", maximum = "599", example = "400")
                int status,
        @Schema(description = "Description of this error and of a valid request") String detail,
        @Schema(
                        type = "string",
                        format = "uri-reference",
                        description = "The path that was asked for",
                        example = "/api/v1/checks")
                @Nullable URI instance,
        @Schema(description = "Errors, field by field") @Nullable List<InvalidField> errors,
        @Schema(
                        description =
                                "A word from a closed list. Present when a listener cannot be opened",
                        example = "address_in_use")
                @Nullable String reason,
        @Schema(description = "The replica to ask instead", example = "sonde-1")
                @Nullable String replica,
        @Schema(
                        description =
                                "Base address of that replica. Absent while that replica is not a member",
                        example = "http://10.1.2.3:8080")
                @Nullable String replicaUrl) {

    /// The media type of such a document.
    public static final String MEDIA_TYPE = "application/problem+json";

    public ProblemDocument withErrors(List<InvalidField> errors) {
        return with(instance, errors, reason, replica, replicaUrl);
    }

    public ProblemDocument withReason(String reason) {
        return with(instance, errors, reason, replica, replicaUrl);
    }

    /// Names the replica to ask.
    public ProblemDocument withReplica(String name, @Nullable String url) {
        return with(instance, errors, reason, name, url);
    }

    /// The same document for one path.
    ///
    /// @param path as the request line had it; left out when it cannot be repeated as a URI
    public ProblemDocument at(@Nullable String path) {
        return with(uri(path), errors, reason, replica, replicaUrl);
    }

    private ProblemDocument with(
            @Nullable URI instance,
            @Nullable List<InvalidField> errors,
            @Nullable String reason,
            @Nullable String replica,
            @Nullable String replicaUrl) {
        return new ProblemDocument(
                type, title, status, detail, instance, errors, reason, replica, replicaUrl);
    }

    private static @Nullable URI uri(@Nullable String path) {
        try {
            return path == null ? null : URI.create(Excerpt.of(path));
        } catch (IllegalArgumentException _) {
            // Nothing is lost: the caller knows what it asked for.
            return null;
        }
    }
}
