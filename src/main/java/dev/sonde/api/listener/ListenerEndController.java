package dev.sonde.api.listener;

import dev.sonde.api.replica.EveryReplica;
import dev.sonde.api.request.Query;
import dev.sonde.listen.Listeners;
import dev.sonde.probe.spec.CloseMode;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Ends of many things at once: listeners by their labels, and single open connections.
@RestController
@Tag(name = "Listeners")
@RequestMapping(path = "/api/v1/listeners")
class ListenerEndController {

    private final Listeners listeners;

    private final EveryReplica replicas;

    ListenerEndController(Listeners listeners, EveryReplica replicas) {
        this.listeners = listeners;
        this.replicas = replicas;
    }

    /// The number of listeners that were closed.
    @Schema(name = "Deleted", description = "The result of a deletion of many")
    record DeletedView(@Schema(description = "How many", example = "3") int deleted) {}

    @Operation(
            operationId = "deleteListeners",
            summary = "Close listeners by label",
            description =
                    "Closes every listener that has all of the labels, with its connections. At least one label is needed.")
    @ApiResponse(
            responseCode = "200",
            description = "They are closed",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = DeletedView.class),
                            examples = @ExampleObject("{\"deleted\": 3}")))
    @DeleteMapping(produces = MediaType.APPLICATION_JSON_VALUE)
    public DeletedView deleteAll(
            @Parameter(description = "key=value; may be given several times", example = "run=42")
                    @RequestParam(required = false)
                    @Nullable List<String> label,
            @Parameter(hidden = true) HttpServletRequest request) {
        if (label == null || label.isEmpty()) {
            throw Query.invalid("label", null, "a label is needed, such as run=42");
        }
        replicas.followAll();
        int here = listeners.deleteAll(labels(label));
        return new DeletedView(here + replicas.sum("deleted", request));
    }

    private static Map<String, String> labels(List<String> given) {
        Map<String, String> labels = new HashMap<>();
        for (String label : given) {
            int end = label.indexOf('=');
            if (end < 1) {
                throw Query.invalid("label", label, "a label is written like run=42");
            }
            labels.put(label.substring(0, end), label.substring(end + 1));
        }
        return labels;
    }

    @Operation(
            operationId = "endListenerConnection",
            summary = "End an open connection",
            description = "With FIN or RST; the port stays.")
    @ApiResponse(responseCode = "204", description = "It has ended")
    @ApiResponse(responseCode = "404", description = "No open connection has this number")
    @DeleteMapping(path = "/{name}/connections/{id}", produces = MediaType.ALL_VALUE)
    public ResponseEntity<Void> endOne(
            @ListenerNameParameter @PathVariable String name,
            @Parameter(
                            description = "The connection's number",
                            example = "17",
                            schema = @Schema(type = "integer", format = "int64"))
                    @PathVariable
                    String id,
            @Parameter(
                            description = "fin or rst; rst when absent",
                            schema = @Schema(allowableValues = {"fin", "rst"}))
                    @RequestParam(required = false)
                    @Nullable String end) {
        CloseMode mode = mode(end);
        if (listeners.endConnections(name, number(id), mode).orElse(0) == 0) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "no open connection of a listener has this number");
        }
        return ResponseEntity.noContent().build();
    }

    private static long number(String id) {
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException _) {
            throw new ProblemException(
                    ProblemType.NOT_FOUND, "no open connection of a listener has this number");
        }
    }

    /// The mode that a word names.
    static CloseMode mode(@Nullable String end) {
        return switch (end) {
            case null -> CloseMode.RST;
            case "rst" -> CloseMode.RST;
            case "fin" -> CloseMode.FIN;
            default -> throw Query.invalid("end", end, "one of fin, rst");
        };
    }
}
