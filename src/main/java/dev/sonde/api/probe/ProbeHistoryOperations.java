package dev.sonde.api.probe;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.NameParameter;
import dev.sonde.api.request.PageView;
import dev.sonde.api.result.ResultView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The description of the operations on probes' history in the OpenAPI document.
@Tag(name = "Probes", description = "Probe targets on a schedule")
@RequestMapping("/api/v1/probes/{name}")
interface ProbeHistoryOperations {

    @PostMapping(
            path = "/runs",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "runProbe",
            summary = "Run a probe now",
            description =
                    "The run is outside of the schedule, also while the probe is paused, and right "
                            + "after one that runs. It does not affect the probe's state or history. "
                            + "The result can be read by its id for a while.")
    @ApiResponse(
            responseCode = "200",
            description = "The result of the run, whatever its outcome",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ResultView.class),
                            examples = @ExampleObject("openapi/probe/run.json")))
    @ApiResponse(responseCode = "429", description = "The engine is full")
    ResultView run(@NameParameter @PathVariable String name);

    @PostMapping(
            path = "/path",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "followProbePath",
            summary = "Follow the path to a probe's target",
            description =
                    "Runs the probe now. Then SYNs with growing TTL (1, 2, 3) go to the same port."
                            + " The settings' path holds its limits. The target gets no SYN after its"
                            + " first answer. The result is the caller's, as with a run.")
    @ApiResponse(
            responseCode = "200",
            description =
                    "The result of the run, whatever its outcome. path is absent where nothing was probed",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ResultView.class),
                            examples = @ExampleObject("openapi/probe/path.json")))
    @ApiResponse(responseCode = "429", description = "The engine is full")
    ResultView path(@NameParameter @PathVariable String name);

    @GetMapping(
            path = "/results",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "listProbeResults",
            summary = "List a probe's results",
            description =
                    "Newest first. A result appears here up to a second after its run, and is kept for"
                            + " a configured time and number.")
    @PageAnswer(
            value = "A page of results",
            of = ResultView.class,
            example = "openapi/probe/results.json")
    PageView<ResultView> results(
            @NameParameter @PathVariable String name,
            @ParameterObject HistoryParameters parameters);

    @GetMapping(
            path = "/transitions",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "listProbeTransitions",
            summary = "List a probe's changes of state",
            description = "Changes with their causes, newest first.")
    @PageAnswer(
            value = "A page of changes",
            of = TransitionView.class,
            example = "openapi/probe/transitions.json")
    PageView<TransitionView> transitions(
            @NameParameter @PathVariable String name,
            @LimitParameter @RequestParam(required = false) @Nullable String limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor);
}
