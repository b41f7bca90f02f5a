package dev.sonde.api.listener;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.IfMatchParameter;
import dev.sonde.api.request.IfNoneMatchParameter;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.ViewParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
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
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The description of the operations on listeners in the OpenAPI document.
@Tag(name = "Listeners", description = "Open TCP listeners with a chosen behaviour")
@RequestMapping(
        path = "/api/v1/listeners",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
interface ListenerOperations {

    @PostMapping(consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "createListener",
            summary = "Open a listener",
            description =
                    "The listener is open when this call returns. With `queue_full` its accept queue is already full. With `half_establish` it answers SYNs but never completes a handshake.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema =
                                                    @Schema(implementation = ListenerRequest.class),
                                            examples = {
                                                @ExampleObject(
                                                        name = "echo",
                                                        summary = "Sends back what comes",
                                                        value = "openapi/listener/echo.json"),
                                                @ExampleObject(
                                                        name = "dialogue",
                                                        summary = "Follows a script",
                                                        value = "openapi/listener/dialogue.json"),
                                                @ExampleObject(
                                                        name = "queue full",
                                                        summary = "Leaves SYNs unanswered",
                                                        value = "openapi/listener/queue-full.json")
                                            })))
    @ListenerOpened
    @CannotListen
    ResponseEntity<ListenerView> create(@RequestBody ListenerRequest body);

    @GetMapping
    @Operation(
            operationId = "listListeners",
            summary = "List listeners",
            description = "In the order of their names.",
            parameters =
                    @Parameter(
                            name = "label",
                            in = ParameterIn.QUERY,
                            description =
                                    "A label that the listener has (run=42) or has not (run!=42); all"
                                            + " of them, if several",
                            array = @ArraySchema(schema = @Schema(type = "string"))))
    @PageAnswer(
            value = "A page of listeners",
            of = ListenerView.class,
            example = "openapi/listener/listeners.json")
    ResponseEntity<?> list(
            @Parameter(
                            description = "Only listeners in this state",
                            schema =
                                    @Schema(
                                            type = "string",
                                            allowableValues = {
                                                "listening",
                                                "paused",
                                                "expired",
                                                "failed"
                                            }))
                    @RequestParam(required = false)
                    @Nullable String state,
            @ViewParameter @RequestParam(required = false) @Nullable String view,
            @LimitParameter @RequestParam(required = false) @Nullable String limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor,
            @Parameter(hidden = true) HttpServletRequest request);

    @GetMapping("/{name}")
    @Operation(
            operationId = "getListener",
            summary = "Read a listener",
            description =
                    "The definition, the state, and the accept queue as the kernel reports it.")
    @ListenerAnswered
    Object get(
            @ListenerNameParameter @PathVariable String name,
            @ViewParameter @RequestParam(required = false) @Nullable String view,
            @Parameter(hidden = true) HttpServletResponse response);

    @PutMapping(
            path = "/{name}",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "putListener",
            summary = "Open or change a listener",
            description =
                    "The port and its connections stay if bind, backlog and receive buffer "
                            + "(stall) do. New connections meet the new behaviour. Else the old "
                            + "port is closed. The time to live starts anew.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema =
                                                    @Schema(implementation = ListenerRequest.class),
                                            examples =
                                                    @ExampleObject(
                                                            name = "banner",
                                                            summary = "Says a line and closes",
                                                            value =
                                                                    "openapi/listener/replacement.json"))))
    @IfMatchParameter
    @IfNoneMatchParameter
    @ListenerAnswered
    @ListenerOpened
    @CannotListen
    ResponseEntity<ListenerView> put(
            @ListenerNameParameter @PathVariable String name,
            @RequestBody ListenerRequest body,
            @Parameter(hidden = true) HttpServletRequest request);

    @DeleteMapping(path = "/{name}", produces = MediaType.ALL_VALUE)
    @Operation(
            operationId = "deleteListener",
            summary = "Close a listener",
            description = "Connections are reset. The port is free when this call returns.")
    @IfMatchParameter
    @ApiResponse(responseCode = "204", description = "It is closed")
    ResponseEntity<Void> delete(
            @ListenerNameParameter @PathVariable String name,
            @Parameter(hidden = true) HttpServletRequest request);

    @PostMapping("/{name}/pause")
    @Operation(
            operationId = "pauseListener",
            summary = "Stop accepting",
            description = "Listening goes on: connections wait in the accept queue.")
    @ListenerAnswered
    ResponseEntity<ListenerView> pause(@ListenerNameParameter @PathVariable String name);

    @PostMapping("/{name}/resume")
    @Operation(
            operationId = "resumeListener",
            summary = "Accept again",
            description = "Connections in the accept queue are accepted.")
    @ListenerAnswered
    ResponseEntity<ListenerView> resume(@ListenerNameParameter @PathVariable String name);
}
