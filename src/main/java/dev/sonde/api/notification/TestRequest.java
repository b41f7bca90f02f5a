package dev.sonde.api.notification;

import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// A request for a test message.
@Schema(name = "NotificationTest", description = "The receiver of a test message")
record TestRequest(
        @Schema(
                        description =
                                "Name of a receiver (sonde.notifications.receivers); the only one"
                                        + " when absent",
                        example = "ops")
                @Nullable String receiver) {}
