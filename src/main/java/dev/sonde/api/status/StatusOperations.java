package dev.sonde.api.status;

import dev.sonde.api.request.NameParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/// The description of badges and of the status in the OpenAPI document.
@Tag(name = "Status", description = "State for people: badges, and the status of all probes")
@RequestMapping("/api/v1")
interface StatusOperations {

    String SVG = "image/svg+xml";
    String FIGURES = "state|(?:uptime|p95)-(?:24h|7d|30d)";

    @GetMapping(
            path = "/status",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "getStatus",
            summary = "The status of all probes",
            description =
                    "Name, state, uptime and the incidents of the last 7 days of each probe. The"
                            + " answer is at most 10 seconds old. With `sonde.page.public` everybody"
                            + " may read it, without targets unless `sonde.page.public-targets` is"
                            + " set.")
    @ApiResponse(
            responseCode = "200",
            description = "The status",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = StatusView.class),
                            examples = @ExampleObject(StatusView.EXAMPLE)))
    ResponseEntity<StatusView> status();

    @GetMapping(path = "/probes/{name}/badge/{figure:" + FIGURES + "}.svg", produces = SVG)
    @Operation(
            operationId = "getProbeBadge",
            summary = "A badge of a probe",
            description =
                    "An SVG for a page or a README: state, uptime or p95 of the connect. Uptime is"
                            + " cut off, never rounded up. With `sonde.page.public` it needs no"
                            + " token.")
    @ApiResponse(
            responseCode = "200",
            description = "The badge",
            content =
                    @Content(
                            mediaType = "image/svg+xml",
                            schema = @Schema(type = "string"),
                            examples =
                                    @ExampleObject(
                                            "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>")))
    @ApiResponse(responseCode = "404", description = "No probe has this name, or no such badge")
    ResponseEntity<String> badge(
            @NameParameter(example = "web") @PathVariable String name,
            @Parameter(
                            description = "The figure: state, or uptime or p95 with its window",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {
                                                "state",
                                                "uptime-24h",
                                                "uptime-7d",
                                                "uptime-30d",
                                                "p95-24h",
                                                "p95-7d",
                                                "p95-30d"
                                            }))
                    @PathVariable
                    String figure);
}
