package dev.sonde.api.check;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.PageView;
import dev.sonde.api.result.ResultView;
import dev.sonde.probe.finding.Outcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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

/// The description of the operations on checks in the OpenAPI document.
@Tag(name = "Checks", description = "Probe many targets now")
@RequestMapping("/api/v1/checks")
interface CheckOperations {

    @PostMapping(
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE},
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    @Operation(
            operationId = "createCheck",
            summary = "Probe targets now",
            description =
                    """
                    Probes each target once and reports whether it can be reached and, if not, why. A \
                    target that cannot be reached is a successful answer.

                    The answer has one of three forms. By default it is one JSON document when all are \
                    done (up to 10,000 targets). With `Accept: application/x-ndjson` each result is a \
                    line that is written at once, and the summary is the last line. A client that \
                    disconnects cancels the rest; one that reads slowly slows the check. With \
                    `wait=false` the answer is 202 at once, and the results are read later.""",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = CheckRequest.class),
                                            examples = {
                                                @ExampleObject(
                                                        name = "open and closed",
                                                        summary = "This service and a closed port",
                                                        value =
                                                                "openapi/check/open-and-closed.json"),
                                                @ExampleObject(
                                                        name = "sweep",
                                                        summary = "A block of addresses, paced",
                                                        value = "openapi/check/sweep.json"),
                                                @ExampleObject(
                                                        name = "settings",
                                                        summary = "With settings",
                                                        value = "openapi/check/settings.json"),
                                                @ExampleObject(
                                                        name = "dialogue",
                                                        summary =
                                                                "Say something and expect an answer",
                                                        value = "openapi/check/dialogue.json")
                                            })))
    @CheckAnswered
    @ApiResponse(
            responseCode = "413",
            description = "The body is too long, or it has too many targets after expansion")
    @ApiResponse(responseCode = "429", description = "Too many checks are running")
    @Nullable ResponseEntity<CheckView> create(
            @RequestBody CheckRequest body,
            @Parameter(
                            description = "Whether to wait for the results",
                            schema = @Schema(type = "boolean", defaultValue = "true"))
                    @RequestParam(required = false)
                    @Nullable String wait,
            @Parameter(hidden = true) HttpServletRequest request,
            @Parameter(hidden = true) HttpServletResponse response)
            throws InterruptedException;

    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "listChecks",
            summary = "List checks",
            description = "Running checks and ended ones that are kept, newest first.")
    @PageAnswer(
            value = "A page of checks",
            of = CheckView.class,
            example = "openapi/check/checks.json")
    PageView<CheckView> list(
            @LimitParameter @RequestParam(required = false) @Nullable String limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor);

    @GetMapping(
            path = "/{id}",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "getCheck",
            summary = "Read a check",
            description =
                    "State and numbers of a check; its results are read on their own. Ended checks are kept for a configured time and number.")
    @ApiResponse(
            responseCode = "200",
            description = "The check",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Changes with the check",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = CheckView.class),
                            examples = @ExampleObject("openapi/check/running-check.json")))
    ResponseEntity<CheckView> get(@CheckIdParameter @PathVariable String id);

    @GetMapping(
            path = "/{id}/results",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "listCheckResults",
            summary = "List a check's results",
            description =
                    "In the order in which they came, those of a check that still runs included. A streamed check keeps none.")
    @PageAnswer(
            value = "A page of results",
            of = ResultView.class,
            example = "openapi/check/results.json")
    @ApiResponse(responseCode = "404", description = "No check has this id, or it kept no results")
    PageView<ResultView> results(
            @CheckIdParameter @PathVariable String id,
            @Parameter(
                            description = "Only results with this outcome",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {
                                                Outcome.SUCCEEDED,
                                                Outcome.FAILED,
                                                Outcome.NOT_PROBED
                                            }))
                    @RequestParam(required = false)
                    @Nullable String outcome,
            @LimitParameter @RequestParam(required = false) @Nullable String limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor);

    @DeleteMapping("/{id}")
    @Operation(
            operationId = "deleteCheck",
            summary = "Cancel or forget a check",
            description =
                    "A check that runs is cancelled: what is in flight ends as `cancelled`, what has not started is counted in `notProbed` and has no result. It can be read until it expires. A check that has ended is forgotten.")
    @ApiResponse(responseCode = "204", description = "Cancelled, or forgotten")
    @ApiResponse(
            responseCode = "404",
            description = "No check has this id, or it was deleted before")
    ResponseEntity<Void> delete(@CheckIdParameter @PathVariable String id);
}
