package dev.sonde.api.listener;

import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The answer that holds a listener as it is now.
@ApiResponse(
        responseCode = "200",
        description = "The listener as it is now",
        headers =
                @Header(
                        name = "ETag",
                        description = "Changes with the definition",
                        schema = @Schema(type = "string")),
        content =
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = ListenerView.class),
                        examples = @ExampleObject("openapi/listener/listener.json")))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface ListenerAnswered {}
