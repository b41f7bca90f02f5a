package dev.sonde.api.listener;

import dev.sonde.api.request.BulkLoad;
import dev.sonde.api.request.BulkView;
import dev.sonde.api.request.IfMatchParameter;
import dev.sonde.api.request.Preconditions;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.problem.UnreadableBodyException;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Changes of a part of a listener, and of many listeners in one request.
@RestController
@Tag(name = "Listeners")
@RequestMapping(
        path = "/api/v1/listeners",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
class ListenerChangeController {

    private final Listeners listeners;
    private final ListenerReader reader;
    private final ListenerItems items;
    private final JsonMapper mapper;

    ListenerChangeController(Listeners listeners, ListenerReader reader, JsonMapper mapper) {
        this.listeners = listeners;
        this.reader = reader;
        this.items = new ListenerItems(listeners, reader);
        this.mapper = mapper;
    }

    /// Somebody else has changed the listener since it was read.
    private static final class ChangedMeanwhile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ChangedMeanwhile() {
            super(null, null, false, false);
        }
    }

    @Operation(
            operationId = "patchListener",
            summary = "Change a part of a listener",
            description =
                    "RFC 7396: what is given replaces, null removes, objects are merged. A behaviour of another type replaces the one before. A proxy's faults act on open connections.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/merge-patch+json",
                                            schema = @Schema(type = "object"),
                                            examples =
                                                    @ExampleObject(
                                                            "{\"limits\": {\"idle\": \"30s\"}}"))))
    @IfMatchParameter
    @ListenerAnswered
    @CannotListen
    @PatchMapping(path = "/{name}", consumes = "application/merge-patch+json")
    public ResponseEntity<ListenerView> patch(
            @ListenerNameParameter @PathVariable String name,
            @RequestBody JsonNode body,
            @Parameter(hidden = true) HttpServletRequest request) {
        Preconditions demands = Preconditions.of(request);
        while (true) {
            StoredListener current =
                    listeners
                            .get(name)
                            .map(ListenerStatus::definition)
                            .orElseThrow(ListenerViewMaker::unknown);
            demands.check(ListenerViewMaker.etag(current));
            try {
                ListenerStatus changed = replace(current, body);
                return ResponseEntity.ok()
                        .eTag(ListenerViewMaker.etag(changed.definition()))
                        .body(ListenerViewMaker.of(changed));
            } catch (ChangedMeanwhile _) {
                // The patch is applied to what is there now.
            }
        }
    }

    private ListenerStatus replace(StoredListener current, JsonNode patch) {
        ListenerSpec wanted;
        try {
            wanted = reader.patched(current, patch);
        } catch (JacksonException e) {
            throw new UnreadableBodyException(e);
        }
        return listeners
                .replace(
                        wanted,
                        there -> {
                            if (!there.map(StoredListener::spec)
                                    .filter(current.spec()::equals)
                                    .isPresent()) {
                                throw new ChangedMeanwhile();
                            }
                        })
                .status();
    }

    @Operation(
            operationId = "putListeners",
            summary = "Open or change many listeners",
            description =
                    "One listener a line, as a definition or as a list shows it. Fields that the server sets are ignored. The answer of a list is accepted too, as JSON or YAML. A bad line fails without effect on the others. Blank lines are skipped. Lines take effect as they are read.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/x-ndjson",
                                            schema =
                                                    @Schema(implementation = ListenerRequest.class),
                                            examples =
                                                    @ExampleObject("openapi/listener/echo.json"))))
    @ApiResponse(
            responseCode = "200",
            description = "Every line was read",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = BulkView.class),
                            examples =
                                    @ExampleObject(
                                            "{\"created\": 2, \"replaced\": 0, \"failed\": 0, \"errors\": []}")))
    @PostMapping(path = "/bulk", consumes = MediaType.APPLICATION_NDJSON_VALUE)
    public BulkView put(@Parameter(hidden = true) HttpServletRequest request) throws IOException {
        return new BulkLoad<>(items, mapper).lines(request);
    }

    /// The answer of a list, as one document.
    @PostMapping(
            path = "/bulk",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Hidden
    public BulkView putDocument(@RequestBody JsonNode body, HttpServletRequest request) {
        return new BulkLoad<>(items, mapper).document(body, request);
    }
}
