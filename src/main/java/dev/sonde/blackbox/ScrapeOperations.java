package dev.sonde.blackbox;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// The description of `/probe` in the OpenAPI document.
@Tag(name = BlackboxTag.NAME, description = BlackboxTag.DESCRIPTION)
interface ScrapeOperations {

    @Operation(
            operationId = "scrapeProbe",
            summary = "Probe a target for a scrape",
            description =
                    "The answer is 200 whether the probe succeeds or not. probe_success holds the result. An"
                            + " aborted scrape cancels its probe.",
            parameters = {
                @Parameter(
                        name = "target",
                        in = ParameterIn.QUERY,
                        required = true,
                        description = "host:port, a.b.c.d:port or [v6]:port",
                        example = "127.0.0.1:8080",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "module",
                        in = ParameterIn.QUERY,
                        description = "Name of a module of sonde.modules.file",
                        example = "tcp_connect",
                        schema = @Schema(type = "string", defaultValue = "http_2xx")),
                @Parameter(
                        name = "hostname",
                        in = ParameterIn.QUERY,
                        description =
                                "The server name of TLS, which the certificate must hold, if the module"
                                        + " has none",
                        example = "db.example",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "debug",
                        in = ParameterIn.QUERY,
                        description =
                                "true for the probe's log, metrics and module, as a text for people",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"true", "false"})),
                @Parameter(
                        name = "X-Prometheus-Scrape-Timeout-Seconds",
                        in = ParameterIn.HEADER,
                        description =
                                "The scrape's timeout in seconds; half a second of it is reserved for the answer",
                        example = "10",
                        schema = @Schema(type = "number"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "Metrics of the probe",
            content =
                    @Content(
                            mediaType = "text/plain",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject(BlackboxTag.METRICS)))
    @ApiResponse(
            responseCode = "400",
            description = "The module is unknown or not for TCP, or the target is missing",
            content =
                    @Content(
                            mediaType = "text/plain",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject("Target parameter is missing")))
    @ApiResponse(
            responseCode = "500",
            description = "The timeout header is not a number",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    void probe(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException, InterruptedException;
}
