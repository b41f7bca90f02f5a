package dev.sonde.api.probe;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.core.annotation.AliasFor;

/// The answer that holds a probe as it is now.
@ApiResponse(
        responseCode = "200",
        headers =
                @Header(
                        name = "ETag",
                        description = "The definition's version",
                        schema = @Schema(type = "string")),
        content =
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = ScheduledProbeView.class),
                        examples = @ExampleObject("openapi/probe/probe.json")))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface ProbeAnswered {

    /// The probe after the change.
    @AliasFor(annotation = ApiResponse.class, attribute = "description")
    String value();
}
