package dev.sonde.api.listener;

import dev.sonde.api.request.Query;
import dev.sonde.api.request.WidthParameter;
import dev.sonde.api.timeline.ConnectionDrawing;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Drawings of the connections that listeners accepted.
@RestController
@Tag(name = "Listeners")
@RequestMapping(path = "/api/v1/listeners")
class ListenerDrawingController {

    private final Listeners listeners;

    ListenerDrawingController(Listeners listeners) {
        this.listeners = listeners;
    }

    @Operation(
            operationId = "getListenerConnectionTimeline",
            summary = "Draw a connection",
            description =
                    "Client, Sonde and, for a proxy, the upstream on one clock, as a sequence diagram.")
    @ApiResponse(
            responseCode = "200",
            description = "The drawing",
            content =
                    @Content(
                            mediaType = "image/svg+xml",
                            schema = @Schema(type = "string"),
                            examples =
                                    @ExampleObject(
                                            "<svg xmlns=\"http://www.w3.org/2000/svg\"></svg>")))
    @ApiResponse(responseCode = "404", description = "No connection of a listener has this number")
    @GetMapping(path = "/{name}/connections/{id}/timeline.svg", produces = "image/svg+xml")
    public ResponseEntity<String> draw(
            @ListenerNameParameter @PathVariable String name,
            @Parameter(
                            description = "The connection's number",
                            example = "17",
                            schema = @Schema(type = "integer", format = "int64"))
                    @PathVariable
                    String id,
            @WidthParameter @RequestParam(required = false) @Nullable String width) {
        ConnectionView found =
                listeners.connections(name).orElse(List.of()).stream()
                        .filter(each -> Long.toString(each.id()).equals(id))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new ProblemException(
                                                ProblemType.NOT_FOUND,
                                                "no connection of a listener has this number, or it"
                                                        + " was recorded long ago"));
        return ResponseEntity.ok()
                .contentType(new MediaType("image", "svg+xml", StandardCharsets.UTF_8))
                .body(ConnectionDrawing.of(name, found, Query.width(width)));
    }
}
