package dev.sonde.api.history;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.probe.TransitionView;
import dev.sonde.api.request.PageView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/// The description of the operations on all probes' history in the OpenAPI document.
@Tag(name = "History", description = "Incidents and changes of state of all probes")
@RequestMapping(
        path = "/api/v1",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
interface HistoryOperations {

    @GetMapping("/incidents")
    @Operation(
            operationId = "listIncidents",
            summary = "List incidents",
            description =
                    "Newest first. An incident begins with the first failed run of the row that "
                            + "made the probe down. It ends with the first good run of the row "
                            + "that made it up or degraded. A pause ends an incident, a stop of "
                            + "the service does not.",
            parameters =
                    @Parameter(
                            name = "label",
                            in = ParameterIn.QUERY,
                            description =
                                    "A label that the probe has (team=payments) or has not"
                                            + " (team!=mail); all of them, if several",
                            array = @ArraySchema(schema = @Schema(type = "string"))))
    @PageAnswer(
            value = "A page of incidents",
            of = IncidentView.class,
            example = "openapi/history/incidents.json")
    PageView<IncidentView> incidents(
            @ParameterObject IncidentParameters parameters,
            @Parameter(hidden = true) HttpServletRequest request);

    @GetMapping("/transitions")
    @Operation(
            operationId = "listTransitions",
            summary = "List changes of state of all probes",
            description = "Each with its cause, newest first.",
            parameters =
                    @Parameter(
                            name = "label",
                            in = ParameterIn.QUERY,
                            description =
                                    "A label that the probe has (team=payments) or has not"
                                            + " (team!=mail); all of them, if several",
                            array = @ArraySchema(schema = @Schema(type = "string"))))
    @PageAnswer(
            value = "A page of changes",
            of = TransitionView.class,
            example = "openapi/history/transitions.json")
    PageView<TransitionView> transitions(
            @ParameterObject TransitionParameters parameters,
            @Parameter(hidden = true) HttpServletRequest request);
}
