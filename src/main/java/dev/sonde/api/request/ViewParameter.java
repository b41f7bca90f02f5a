package dev.sonde.api.request;

import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The parameter that asks for only the definition, as a person wrote it. Its `ETag` changes only
/// with the definition, and `If-None-Match` is answered with 304.
@Parameter(
        description =
                "`definition` answers only what a person wrote; PUT takes it as it is. `full` is the"
                        + " default",
        schema =
                @Schema(
                        type = "string",
                        allowableValues = {"full", ViewParameter.DEFINITION}))
@Target({ElementType.PARAMETER, ElementType.FIELD})
@Retention(RetentionPolicy.RUNTIME)
public @interface ViewParameter {

    /// The word for the view without state.
    String DEFINITION = "definition";
}
