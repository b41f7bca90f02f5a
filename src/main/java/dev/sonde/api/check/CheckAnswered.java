package dev.sonde.api.check;

import dev.sonde.api.result.ResultView;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The answers to a new check: its results, or its address while it runs.
@ApiResponse(
        responseCode = "200",
        description = "Every target has its result",
        headers =
                @Header(
                        name = "Content-Location",
                        description = "Address of a streamed check while it runs",
                        schema = @Schema(type = "string")),
        content = {
            @Content(
                    mediaType = "application/json",
                    schema = @Schema(implementation = CheckView.class),
                    examples = @ExampleObject("openapi/check/check.json")),
            @Content(
                    mediaType = "application/x-ndjson",
                    schema = @Schema(implementation = ResultView.class),
                    examples = @ExampleObject("openapi/check/stream.json"))
        })
@ApiResponse(
        responseCode = "202",
        description = "The check runs",
        headers =
                @Header(
                        name = "Location",
                        description = "Address of the check",
                        schema = @Schema(type = "string")),
        content =
                @Content(
                        mediaType = "application/json",
                        schema = @Schema(implementation = CheckView.class),
                        examples = @ExampleObject("openapi/check/running-check.json")))
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface CheckAnswered {}
