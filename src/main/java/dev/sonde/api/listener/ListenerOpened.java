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

/// The answer that a listener has been opened.
@ApiResponse(
        responseCode = "201",
        description = "It listens",
        headers = {
            @Header(
                    name = "ETag",
                    description = "Changes with the definition",
                    schema = @Schema(type = "string")),
            @Header(
                    name = "Location",
                    description = "Address of the listener",
                    schema = @Schema(type = "string"))
        },
        content =
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = ListenerView.class),
                        examples = @ExampleObject("openapi/listener/listener.json")))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface ListenerOpened {}
