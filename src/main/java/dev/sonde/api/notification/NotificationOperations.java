package dev.sonde.api.notification;

import dev.sonde.api.document.PageAnswer;
import dev.sonde.api.request.PageView;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
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
            summary = "Send test messages",
            description =
                    "One to the receiver, or to each where none is named. A message has the event"
                            + " `test` and no incident. It is sent after this answer; the list of"
                            + " notifications shows how it went.",
            requestBody =
                    @io.swagger.v3.oas.annotations.parameters.RequestBody(
                            content =
                                    @Content(
                                            mediaType = "application/json",
                                            schema = @Schema(implementation = TestRequest.class),
                                            examples = {
                                                @ExampleObject(
                                                        name = "all",
                                                        summary = "Every receiver",
                                                        value = "openapi/notification/all.json"),
                                                @ExampleObject(
                                                        name = "one",
                                                        summary = "One receiver",
                                                        value = "openapi/notification/request.json")
                                            })))
    @PageAnswer(
            status = "202",
            value = "The messages that are sent now; none without a receiver",
            of = DeliveryView.class,
            example = "openapi/notification/test.json")
    @ApiResponse(responseCode = "400", description = "No receiver has this name")
    ResponseEntity<PageView<DeliveryView>> test(
            @RequestBody(required = false) @Nullable TestRequest body);

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
