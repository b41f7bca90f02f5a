package dev.sonde.api.result;

import dev.sonde.api.request.WidthParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The description of the operations on results in the OpenAPI document.
@Tag(name = "Results", description = "Results by id, whichever probe they come from")
@RequestMapping("/api/v1/results")
interface ResultOperations {

    @GetMapping(
            path = "/{id}",
            produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "getResult",
            summary = "Read a result",
            description =
                    "Recent results are kept in memory, those of scheduled probes in the store, both for a configured time and number. A result of a deleted probe can be read for an hour after the deletion. If the attempt met a listener of this service, the timeline holds the events of that side too (`side: listener`).")
    @ApiResponse(
            responseCode = "200",
            description = "The result",
            headers =
                    @Header(
                            name = "ETag",
                            description =
                                    "Changes only as long as a listener of this service sees more of the connection",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ResultView.class),
                            examples = @ExampleObject("openapi/result/result.json")))
    ResponseEntity<ResultView> get(@ResultIdParameter @PathVariable String id);

    @GetMapping(path = "/{id}/timeline.svg", produces = "image/svg+xml")
    @Operation(
            operationId = "getResultTimeline",
            summary = "Draw a result's timeline",
            description =
                    "The verdict, its culprit, and a sequence diagram for each address that was tried.")
    @ApiResponse(
            responseCode = "200",
            description = "The drawing",
            content =
                    @Content(
                            mediaType = "image/svg+xml",
                            schema = @Schema(type = "string"),
                            examples = @ExampleObject("openapi/result/drawing.svg")))
    ResponseEntity<String> timeline(
            @ResultIdParameter @PathVariable String id,
            @WidthParameter @RequestParam(required = false) @Nullable String width);
}
