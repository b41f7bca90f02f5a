package dev.sonde.api.listener;

import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.LimitParameter;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// The description of the operations on the connections of a listener in the OpenAPI document.
@Tag(name = "Listeners")
@RequestMapping(
        path = "/api/v1/listeners",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
interface ListenerConnectionOperations {

    @GetMapping("/{name}/connections")
    @Operation(
            operationId = "listListenerConnections",
            summary = "List a listener's connections",
            description =
                    "Open and recorded connections, newest first. With wait, the answer comes as soon as their number reaches atLeast, or after that time.")
    @ApiResponse(
            responseCode = "200",
            description = "A page of connections",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = AcceptedPageView.class),
                            examples = @ExampleObject("openapi/listener/connections.json")))
    AcceptedPageView connections(
            @ListenerNameParameter @PathVariable String name,
            @Parameter(
                            description = "The longest wait, up to 1m; no wait when absent",
                            schema = @Schema(type = "string", example = "5s"))
                    @RequestParam(required = false)
                    @Nullable String wait,
            @Parameter(
                            description = "As many have to be there; 1 when absent",
                            schema = @Schema(type = "integer", minimum = "1", maximum = "10000"))
                    @RequestParam(required = false)
                    @Nullable String atLeast,
            @Parameter(
                            description = "Only connections that have sent this text",
                            schema = @Schema(type = "string", example = "PING"))
                    @RequestParam(required = false)
                    @Nullable String received,
            @LimitParameter @RequestParam(required = false) @Nullable String limit,
            @CursorParameter @RequestParam(required = false) @Nullable String cursor);

    @DeleteMapping(path = "/{name}/connections", produces = MediaType.ALL_VALUE)
    @Operation(
            operationId = "forgetListenerConnections",
            summary = "Forget recorded connections, or end the open ones",
            description =
                    "Without `end`, recorded connections are removed and open ones continue. With `end`, open ones end by FIN or RST, and recorded ones stay.")
    @ApiResponse(responseCode = "204", description = "They are forgotten, or ended")
    ResponseEntity<Void> forget(
            @ListenerNameParameter @PathVariable String name,
            @Parameter(
                            description = "fin or rst; nothing ends when absent",
                            schema = @Schema(allowableValues = {"fin", "rst"}))
                    @RequestParam(required = false)
                    @Nullable String end,
            @Parameter(hidden = true) HttpServletRequest request);
}
