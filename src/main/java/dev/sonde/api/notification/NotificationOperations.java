package dev.sonde.api.notification;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.request.PageView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;

/// The operations on notifications, as the API's description shows them.
@Tag(name = "Notifications", description = "Messages on incidents to receivers")
@RequestMapping(
        path = "/api/v1/notifications",
        produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
interface NotificationOperations {

    @PostMapping(
            path = "/test",
            consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_YAML_VALUE})
    @Operation(
            operationId = "testNotification",
            summary = "Send a test message",
            description =
                    "The receiver may be left out where there is only one. The message has the event"
                            + " `test` and no incident. It is sent after this answer; the list of"
                            + " notifications shows its result.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = TestRequest.class),
                                            examples = {
                                                @ExampleObject(
                                                        name = "only",
                                                        summary = "The only receiver",
                                                        value = "openapi/notification/only.json"),
                                                @ExampleObject(
                                                        name = "one",
                                                        summary = "One receiver",
                                                        value = "openapi/notification/request.json")
                                            })))
    @ApiResponse(
            responseCode = "202",
            description = "The message, which is sent now",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = DeliveryView.class),
                            examples = @ExampleObject("openapi/notification/test.json")))
    @ApiResponse(
            responseCode = "204",
            description = "None is named, and no receiver is configured: nothing is sent",
            content = @Content)
    @ApiResponse(
            responseCode = "400",
            description = "No receiver has this name, or none of several is named")
    ResponseEntity<DeliveryView> test(@RequestBody TestRequest body);

    @GetMapping
    @Operation(
            operationId = "listNotifications",
            summary = "List messages",
            description =
                    "Messages that were sent, wait or were refused, newest first. They are kept for"
                            + " seven days.")
    @PageAnswer(
            value = "A page of messages",
            of = DeliveryView.class,
            example = "openapi/notification/page.json")
    PageView<DeliveryView> list(@ParameterObject NotificationParameters parameters);
}
