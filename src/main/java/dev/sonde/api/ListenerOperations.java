package dev.sonde.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/// What the operations on listeners say of themselves in the API's description.
@Tag(name = "Listeners", description = "Open TCP listeners that behave as they are told")
interface ListenerOperations {

    @Operation(
            operationId = "createListener",
            summary = "Open a listener",
            description =
                    "Listens, and does to each connection what the behaviour says. When the answer comes, it listens; with queue_full, its accept queue is full.",
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
                                                        value = ListenerExamples.ECHO),
                                                @ExampleObject(
                                                        name = "dialogue",
                                                        summary = "Follows a script",
                                                        value = ListenerExamples.DIALOGUE),
                                                @ExampleObject(
                                                        name = "queue full",
                                                        summary = "Leaves SYNs unanswered",
                                                        value = ListenerExamples.QUEUE_FULL)
                                            })))
    @ApiResponse(
            responseCode = "201",
            description = "It listens",
            headers = {
                @Header(
                        name = "ETag",
                        description = "Changes with the definition",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Location",
                        description = "Where the listener is found",
                        schema = @Schema(type = "string"))
            },
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ListenerView.class),
                            examples = @ExampleObject(ListenerExamples.LISTENER)))
    @ApiResponse(responseCode = "400", description = "The body is not valid")
    @ApiResponse(
            responseCode = "403",
            description = "The policy forbids the address, or the port is the service's own")
    @ApiResponse(responseCode = "406", description = "JSON is not acceptable")
    @ApiResponse(responseCode = "409", description = "The name exists, or the address is in use")
    @ApiResponse(responseCode = "413", description = "The body is too long")
    @ApiResponse(responseCode = "415", description = "The body is not JSON")
    @ApiResponse(
            responseCode = "422",
            description = "The address is not one of this host's, or the port needs a privilege")
    @ApiResponse(
            responseCode = "429",
            description = "Too many listeners, or too few file descriptors",
            headers =
                    @Header(
                            name = "Retry-After",
                            description = "Seconds",
                            schema = @Schema(type = "integer")))
    ResponseEntity<ListenerView> create(ListenerRequest body);

    @Operation(
            operationId = "listListeners",
            summary = "List listeners",
            description = "In the order of their names.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of listeners",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ListenerPageView.class),
                            examples = @ExampleObject(ListenerExamples.LISTENERS)))
    @ApiResponse(responseCode = "400", description = "A parameter is not valid")
    @ApiResponse(responseCode = "406", description = "JSON is not acceptable")
    ListenerPageView list(
            @LimitParameter @Nullable String limit,
            @Parameter(
                            description =
                                    "The `next` of an earlier page; the first page when absent",
                            schema = @Schema(type = "string"))
                    @Nullable String cursor);

    @Operation(
            operationId = "getListener",
            summary = "Read a listener",
            description = "Its definition, its state, and its accept queue as the kernel has it.")
    @ApiResponse(
            responseCode = "200",
            description = "The listener",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Changes with the definition",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ListenerView.class),
                            examples = @ExampleObject(ListenerExamples.LISTENER)))
    @ApiResponse(responseCode = "404", description = "No listener has this name")
    @ApiResponse(responseCode = "406", description = "JSON is not acceptable")
    ListenerView get(
            @ListenerNameParameter String name,
            @Parameter(hidden = true) HttpServletResponse response);

    @Operation(
            operationId = "putListener",
            summary = "Open or change a listener",
            description =
                    "While bind, backlog and the receive buffer (stall) stay, so does the port with its connections, and new ones meet the new behaviour. Else the old port is closed. The time to live starts anew.",
            parameters = {
                @Parameter(
                        name = "If-Match",
                        in = ParameterIn.HEADER,
                        description = "Only this version; * for any",
                        schema = @Schema(type = "string")),
                @Parameter(
                        name = "If-None-Match",
                        in = ParameterIn.HEADER,
                        description = "* to create only",
                        schema = @Schema(type = "string"))
            },
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
                                                            value = ListenerExamples.REPLACEMENT))))
    @ApiResponse(
            responseCode = "200",
            description = "It was changed",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Changes with the definition",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ListenerView.class),
                            examples = @ExampleObject(ListenerExamples.LISTENER)))
    @ApiResponse(
            responseCode = "201",
            description = "It listens",
            headers = {
                @Header(
                        name = "ETag",
                        description = "Changes with the definition",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Location",
                        description = "Where the listener is found",
                        schema = @Schema(type = "string"))
            },
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ListenerView.class),
                            examples = @ExampleObject(ListenerExamples.LISTENER)))
    @ApiResponse(responseCode = "400", description = "The body is not valid")
    @ApiResponse(
            responseCode = "403",
            description = "The policy forbids the address, or the port is the service's own")
    @ApiResponse(responseCode = "406", description = "JSON is not acceptable")
    @ApiResponse(responseCode = "409", description = "The address is in use")
    @ApiResponse(responseCode = "412", description = "A condition in the headers does not hold")
    @ApiResponse(responseCode = "413", description = "The body is too long")
    @ApiResponse(responseCode = "415", description = "The body is not JSON")
    @ApiResponse(
            responseCode = "422",
            description = "The address is not one of this host's, or the port needs a privilege")
    @ApiResponse(
            responseCode = "429",
            description = "Too many listeners, or too few file descriptors",
            headers =
                    @Header(
                            name = "Retry-After",
                            description = "Seconds",
                            schema = @Schema(type = "integer")))
    ResponseEntity<ListenerView> put(
            @ListenerNameParameter String name,
            ListenerRequest body,
            @Parameter(hidden = true) HttpServletRequest request);

    @Operation(
            operationId = "deleteListener",
            summary = "Close a listener",
            description = "Resets its connections. When the answer comes, the port is free.",
            parameters =
                    @Parameter(
                            name = "If-Match",
                            in = ParameterIn.HEADER,
                            description = "Only this version; * for any",
                            schema = @Schema(type = "string")))
    @ApiResponse(responseCode = "204", description = "It is closed")
    @ApiResponse(responseCode = "404", description = "No listener has this name")
    @ApiResponse(responseCode = "412", description = "A condition in the headers does not hold")
    ResponseEntity<Void> delete(
            @ListenerNameParameter String name,
            @Parameter(hidden = true) HttpServletRequest request);

    @Operation(
            operationId = "pauseListener",
            summary = "Stop accepting",
            description = "Listening goes on: connections wait in the accept queue.")
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Changes with the definition",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ListenerView.class),
                            examples = @ExampleObject(ListenerExamples.LISTENER)))
    @ApiResponse(responseCode = "404", description = "No listener has this name")
    @ApiResponse(responseCode = "406", description = "JSON is not acceptable")
    ResponseEntity<ListenerView> pause(@ListenerNameParameter String name);

    @Operation(
            operationId = "resumeListener",
            summary = "Accept again",
            description = "What waits in the accept queue is accepted.")
    @ApiResponse(
            responseCode = "200",
            description = "As it is now",
            headers =
                    @Header(
                            name = "ETag",
                            description = "Changes with the definition",
                            schema = @Schema(type = "string")),
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ListenerView.class),
                            examples = @ExampleObject(ListenerExamples.LISTENER)))
    @ApiResponse(responseCode = "404", description = "No listener has this name")
    @ApiResponse(responseCode = "406", description = "JSON is not acceptable")
    ResponseEntity<ListenerView> resume(@ListenerNameParameter String name);

    @Operation(
            operationId = "listListenerConnections",
            summary = "List a listener's connections",
            description = "Those that are open and those that are recorded, newest first.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of connections",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AcceptedPageView.class),
                            examples = @ExampleObject(ListenerExamples.CONNECTIONS)))
    @ApiResponse(responseCode = "400", description = "A parameter is not valid")
    @ApiResponse(responseCode = "404", description = "No listener has this name")
    @ApiResponse(responseCode = "406", description = "JSON is not acceptable")
    AcceptedPageView connections(
            @ListenerNameParameter String name,
            @LimitParameter @Nullable String limit,
            @CursorParameter @Nullable String cursor);

    @Operation(
            operationId = "forgetListenerConnections",
            summary = "Forget recorded connections",
            description = "Those that are open go on.")
    @ApiResponse(responseCode = "204", description = "They are forgotten")
    @ApiResponse(responseCode = "404", description = "No listener has this name")
    ResponseEntity<Void> forget(@ListenerNameParameter String name);
}
