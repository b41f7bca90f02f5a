package dev.sonde.api.definition;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.IfMatchParameter;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.PageView;
import dev.sonde.probe.spec.ResourceName;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The description of the operations on sets of definitions in the OpenAPI document.
@Tag(name = "Definitions", description = "Probes and listeners as one document")
@RequestMapping(
        path = DefinitionController.PATH,
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
interface DefinitionOperations {

    @PutMapping(
            path = "/{set}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "putDefinitions",
            summary = "Apply a document of definitions",
            description =
                    "The set owns exactly the probes and listeners that the document says: they are"
                            + " created, changed and, where the document no longer names them,"
                            + " deleted. One error anywhere, and nothing changes. A definition that"
                            + " stays as it is keeps its schedule, state and history.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content = {
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(implementation = DefinitionSetView.class),
                                        examples =
                                                @ExampleObject("openapi/definition/request.json")),
                                @Content(
                                        mediaType = "application/yaml",
                                        schema = @Schema(implementation = DefinitionSetView.class),
                                        examples =
                                                @ExampleObject("openapi/definition/document.yaml"))
                            }))
    @IfMatchParameter
    @ApiResponse(
            responseCode = "200",
            description = "The difference, applied or, in a dry run, only reported",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = DefinitionChangeView.class),
                            examples = @ExampleObject("openapi/definition/change.json")))
    @ApiResponse(responseCode = "403", description = "The policy forbids a listener's address")
    @ApiResponse(
            responseCode = "409",
            description = "A name belongs to somebody else, or a port is taken")
    @ApiResponse(responseCode = "422", description = "The address of a listener is not available")
    @ApiResponse(responseCode = "507", description = "No room for another definition")
    DefinitionChangeView put(
            @SetName @PathVariable String set,
            @Parameter(
                            description = "Whether the difference is only reported",
                            schema = @Schema(type = "boolean"))
                    @RequestParam(required = false)
                    @Nullable String dryRun,
            @Parameter(hidden = true) HttpServletRequest request)
            throws IOException, InterruptedException;

    @GetMapping("/{set}")
    @Operation(
            operationId = "getDefinitions",
            summary = "Read a set as a document",
            description =
                    "The document that makes the set what it is, with the defaults filled in. PUT of"
                            + " it changes nothing.")
    @ApiResponse(
            responseCode = "200",
            description = "The document",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = DefinitionSetView.class),
                            examples = @ExampleObject("openapi/definition/set.json")))
    ResponseEntity<DefinitionSetView> get(@SetName @PathVariable String set);

    @GetMapping
    @Operation(
            operationId = "listDefinitions",
            summary = "List sets",
            description = "In the order of their names. A set exists as long as it owns something.")
    @PageAnswer(
            value = "A page of sets",
            of = SetSummaryView.class,
            example = "openapi/definition/list.json")
    PageView<SetSummaryView> list(
            @LimitParameter @RequestParam(required = false) @Nullable String limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor);

    @DeleteMapping(path = "/{set}", produces = MediaType.ALL_VALUE)
    @Operation(
            operationId = "deleteDefinitions",
            summary = "Delete a set",
            description = "Everything that the set and its sources own ends.")
    @IfMatchParameter
    @ApiResponse(responseCode = "204", description = "Deleted")
    @ApiResponse(
            responseCode = "409",
            description = "The set comes from files, or belongs to a source of another set")
    ResponseEntity<Void> delete(
            @SetName @PathVariable String set,
            @Parameter(hidden = true) HttpServletRequest request);

    /// The part of the path that names a set.
    @Parameter(
            description = "The set's name; api is reserved",
            example = "payments",
            schema = @Schema(type = "string", pattern = ResourceName.PATTERN))
    @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
    @java.lang.annotation.Target(java.lang.annotation.ElementType.PARAMETER)
    @interface SetName {}
}
