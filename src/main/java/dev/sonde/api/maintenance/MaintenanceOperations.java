package dev.sonde.api.maintenance;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.PageView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The operations on maintenances, as the API's description shows them.
@Tag(
        name = "Maintenances",
        description = "Windows in which runs count neither in uptime nor in incidents")
@RequestMapping(
        path = "/api/v1/maintenances",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
interface MaintenanceOperations {

    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "createMaintenance",
            summary = "Create a maintenance",
            description =
                    "Runs go on and are shown, but count neither in uptime nor in incidents. A start in"
                            + " the past corrects the figures since then. A probe that is still"
                            + " down at the end of a window begins an incident with its next failed run.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema =
                                                    @Schema(
                                                            implementation =
                                                                    MaintenanceRequest.class),
                                            examples =
                                                    @ExampleObject(
                                                            "openapi/maintenance/request.json"))))
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            headers =
                    @Header(
                            name = "Location",
                            description = "The path of the maintenance",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = MaintenanceView.class),
                            examples = @ExampleObject("openapi/maintenance/maintenance.json")))
    ResponseEntity<MaintenanceView> create(@RequestBody MaintenanceRequest body);

    @GetMapping
    @Operation(
            operationId = "listMaintenances",
            summary = "List maintenances",
            description = "Newest first, those that have ended included.")
    @PageAnswer(
            value = "A page of maintenances",
            of = MaintenanceView.class,
            example = "openapi/maintenance/page.json")
    PageView<MaintenanceView> list(
            @LimitParameter @RequestParam(required = false) @Nullable String limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor);

    @GetMapping("/{id}")
    @Operation(
            operationId = "getMaintenance",
            summary = "Read a maintenance",
            description = "The maintenance and its next three windows.")
    @ApiResponse(
            responseCode = "200",
            description = "The maintenance",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = MaintenanceView.class),
                            examples = @ExampleObject("openapi/maintenance/maintenance.json")))
    ResponseEntity<MaintenanceView> get(
            @Parameter(
                            description = "Id of the maintenance",
                            example = "019a5c3e-7c1f-7abc-8def-0123456789ab")
                    @PathVariable
                    String id);

    @DeleteMapping("/{id}")
    @Operation(
            operationId = "deleteMaintenance",
            summary = "End and delete a maintenance",
            description =
                    "A window that goes on ends now. Runs that were excluded until now stay excluded.")
    @ApiResponse(responseCode = "204", description = "Deleted")
    ResponseEntity<Void> delete(
            @Parameter(
                            description = "Id of the maintenance",
                            example = "019a5c3e-7c1f-7abc-8def-0123456789ab")
                    @PathVariable
                    String id);
}
