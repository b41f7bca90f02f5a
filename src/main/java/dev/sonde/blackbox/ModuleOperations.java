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

/// The description of the operations beside `/probe` in the OpenAPI document.
@Tag(name = BlackboxTag.NAME, description = BlackboxTag.DESCRIPTION)
interface ModuleOperations {

    @Operation(
            operationId = "readModules",
            summary = "Read the modules",
            description = "The module file as it was understood, secrets masked.")
    @ApiResponse(
            responseCode = "200",
            description = "The modules, in YAML",
            content =
                    @Content(
                            mediaType = "text/plain",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject(BlackboxTag.CONFIG)))
    void config(@Parameter(hidden = true) HttpServletResponse response) throws IOException;

    @Operation(
            operationId = "reloadModules",
            summary = "Read the module file again",
            description = "The earlier modules stay when the file cannot be used.")
    @ApiResponse(responseCode = "200", description = "Read")
    @ApiResponse(
            responseCode = "500",
            description = "The file cannot be used; the answer says why",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    void reload(@Parameter(hidden = true) HttpServletResponse response) throws IOException;

    @Operation(
            operationId = "isHealthy",
            summary = "Whether the service answers",
            description = "The same as in blackbox_exporter. /actuator/health says more.")
    @ApiResponse(
            responseCode = "200",
            description = "It does",
            content =
                    @Content(
                            mediaType = "text/plain",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject("Healthy")))
    void healthy(@Parameter(hidden = true) HttpServletResponse response) throws IOException;

    @Operation(
            operationId = "readProbeLogs",
            summary = "Look at a recent scrape",
            description =
                    "The log, the metrics and the module of one probe, by its number or the "
                            + "newest of a target. Without parameters, the list of kept probes.",
            parameters = {
                @Parameter(
                        name = "id",
                        in = ParameterIn.QUERY,
                        description = "Its number",
                        schema = @Schema(type = "integer", format = "int64")),
                @Parameter(
                        name = "target",
                        in = ParameterIn.QUERY,
                        description = "Its target, as it was asked for",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "module",
                        in = ParameterIn.QUERY,
                        description = "With a target: only of this module",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "The log, or the list",
            content =
                    @Content(
                            mediaType = "text/plain",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject("Logs for the probe:")))
    @ApiResponse(
            responseCode = "400",
            description = "The number is none, or stands beside a target",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "404",
            description = "It is not kept, or never was",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    void logs(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException;
}
