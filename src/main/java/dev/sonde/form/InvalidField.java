package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.probe.spec.Excerpt;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// One error in a request.
///
/// @param value the start of the sent value; absent if none was sent or it cannot be shown
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "One thing that is wrong with a request")
public record InvalidField(
        @Schema(
                        description =
                                "Path of the field in the body, or name of the query parameter",
                        example = "settings.timeout")
                String field,
        @Schema(description = "The start of what was sent", example = "soon")
                @Nullable String value,
        @Schema(
                        description = "The rule that a valid value follows",
                        example =
                                "a duration is written like 250ms, 2s, 1m30s or PT2S, not \"soon\"")
                String message,
        @Schema(
                        description = "Line of the field, where the body is a document in YAML",
                        example = "4")
                @Nullable Integer line) {

    public InvalidField(String field, @Nullable String value, String message) {
        this(field, value, message, null);
    }

    /// The same with the line on which it stands; absent where that is not known.
    public InvalidField atLine(@Nullable Integer where) {
        return new InvalidField(field, value, message, where);
    }

    /// The error as a sentence for a person.
    public String sentence() {
        return field + ": " + message;
    }

    public static InvalidField of(String field, @Nullable Object value, String message) {
        return new InvalidField(
                Excerpt.of(field), value == null ? null : Excerpt.of(value.toString()), message);
    }
}
