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
            description = "The modules in use, with masked secrets.")
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
            summary = "Read the configuration again",
            description =
                    "Modules, definitions, receivers, tokens and certificates are read again. A part that"
                            + " cannot be used keeps its earlier content.")
    @ApiResponse(responseCode = "200", description = "Read")
    @ApiResponse(
            responseCode = "500",
            description = "A part cannot be used; the answer names the reason",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    void reload(@Parameter(hidden = true) HttpServletResponse response) throws IOException;

    @Operation(
            operationId = "isHealthy",
            summary = "Whether the service answers",
            description = "As in blackbox_exporter. /actuator/health has details.")
    @ApiResponse(
            responseCode = "200",
            description = "The service answers",
            content =
                    @Content(
                            mediaType = "text/plain",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject("Healthy")))
    void healthy(@Parameter(hidden = true) HttpServletResponse response) throws IOException;

    @Operation(
            operationId = "readProbeLogs",
            summary = "Read a recent scrape",
            description =
                    "The log, the metrics and the module of one probe, by its number or the "
                            + "newest of a target. Without parameters, the list of kept probes.",
            parameters = {
                @Parameter(
                        name = "id",
                        in = ParameterIn.QUERY,
                        description = "Number of the probe",
                        schema = @Schema(type = "integer", format = "int64")),
                @Parameter(
                        name = "target",
                        in = ParameterIn.QUERY,
                        description = "Target of the probe, as the scrape named it",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "module",
                        in = ParameterIn.QUERY,
                        description = "Beside target: only probes of this module",
                        schema = @Schema(type = "string"))
            })
    @ApiResponse(
            responseCode = "200",
            description = "The log of one probe, or the list",
            content =
                    @Content(
                            mediaType = "text/plain",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject("Logs for the probe:")))
    @ApiResponse(
            responseCode = "400",
            description = "id is not a number, or target is given as well",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    @ApiResponse(
            responseCode = "404",
            description = "No kept probe matches",
            content = @Content(mediaType = "text/plain", schema = @Schema(type = "string")))
    void logs(
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws IOException;
}
