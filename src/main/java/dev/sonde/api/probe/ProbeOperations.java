package dev.sonde.api.probe;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.request.IfMatchParameter;
import dev.sonde.api.request.IfNoneMatchParameter;
import dev.sonde.api.request.NameParameter;
import dev.sonde.api.request.ViewParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/// The description of the operations on probes in the OpenAPI document.
@Tag(name = "Probes", description = "Probe targets on a schedule")
@RequestMapping(
        path = "/api/v1/probes",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
interface ProbeOperations {

    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "createProbe",
            summary = "Create a probe",
            description = "The probe runs from now on. Its name decides its place in the interval.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = ProbeRequest.class),
                                            examples = {
                                                @ExampleObject(
                                                        name = "shortest",
                                                        summary = "Required fields only",
                                                        value = "openapi/probe/shortest.json"),
                                                @ExampleObject(
                                                        name = "full",
                                                        summary = "With labels and thresholds",
                                                        value = "openapi/probe/request.json")
                                            })))
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            headers = {
                @Header(
                        name = "Location",
                        description = "Address of the probe",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "ETag",
                        description = "The definition's version",
                        schema = @Schema(type = "string"))
            },
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ScheduledProbeView.class),
                            examples = @ExampleObject("openapi/probe/probe.json")))
    @ApiResponse(responseCode = "409", description = "A probe of this name exists")
    ResponseEntity<ScheduledProbeView> create(@RequestBody ProbeRequest body);

    @GetMapping
    @Operation(
            operationId = "listProbes",
            summary = "List probes",
            description =
                    "In the order of their names, unless `sort` says otherwise. The last results have no timeline, unless"
                            + " `include=timeline` asks for it.",
            parameters =
                    @Parameter(
                            name = "label",
                            in = ParameterIn.QUERY,
                            description =
                                    "A label that the probe has (team=payments) or has not"
                                            + " (team!=mail); all of them, if several",
                            array = @ArraySchema(schema = @Schema(type = "string"))))
    @PageAnswer(
            value = "A page of probes",
            of = ScheduledProbeView.class,
            example = "openapi/probe/probes.json")
    ResponseEntity<?> list(
            @ParameterObject ProbeListParameters parameters,
            @Parameter(hidden = true) HttpServletRequest request);

    @GetMapping("/{name}")
    @Operation(
            operationId = "getProbe",
            summary = "Read a probe",
            description =
                    "Its definition and its state. The ETag is the definition's: the state changes"
                            + " without it, so a reader who polls always gets the whole.")
    @ProbeAnswered("The probe")
    Object get(
            @NameParameter @PathVariable String name,
            @ViewParameter @RequestParam(required = false) @Nullable String view,
            @Parameter(hidden = true) HttpServletResponse response);

    @PutMapping(
            value = "/{name}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "putProbe",
            summary = "Create or replace a probe",
            description =
                    "Idempotent. A replaced probe keeps its history, its state and, unless the interval"
                            + " changes, the time of its next run.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = ProbeRequest.class),
                                            examples =
                                                    @ExampleObject("openapi/probe/request.json"))))
    @IfMatchParameter("Replace only this version; * for any")
    @IfNoneMatchParameter
    @ProbeAnswered("Replaced")
    @ApiResponse(
            responseCode = "201",
            description = "Created",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ScheduledProbeView.class),
                            examples = @ExampleObject("openapi/probe/probe.json")))
    ResponseEntity<ScheduledProbeView> put(
            @NameParameter @PathVariable String name,
            @RequestBody ProbeRequest body,
            @Parameter(hidden = true) HttpServletRequest request);

    @PatchMapping(value = "/{name}", consumes = "application/merge-patch+json")
    @Operation(
            operationId = "patchProbe",
            summary = "Change a part of a probe",
            description =
                    "A merge patch (RFC 7396): what is named replaces, null removes, settings and labels"
                            + " are merged. The result must be valid.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/merge-patch+json",
                                            schema = @Schema(type = "object"),
                                            examples = @ExampleObject("openapi/probe/patch.json"))))
    @IfMatchParameter("Change only this version; * for any")
    @ProbeAnswered("Changed")
    ResponseEntity<ScheduledProbeView> patch(
            @NameParameter @PathVariable String name,
            @RequestBody JsonNode body,
            @Parameter(hidden = true) HttpServletRequest request);

    @DeleteMapping(path = "/{name}", produces = MediaType.ALL_VALUE)
    @Operation(
            operationId = "deleteProbe",
            summary = "Delete a probe",
            description =
                    "The probe runs no more, and its history is no longer listed. Its results can be read by their ids for an hour.")
    @IfMatchParameter("Delete only this version; * for any")
    @ApiResponse(responseCode = "204", description = "Deleted")
    ResponseEntity<Void> delete(
            @NameParameter @PathVariable String name,
            @Parameter(hidden = true) HttpServletRequest request);
}
