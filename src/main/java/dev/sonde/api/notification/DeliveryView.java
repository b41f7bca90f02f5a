package dev.sonde.api.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.api.request.Paged;
import dev.sonde.notification.message.MessageDelivery;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A message to a receiver, in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Notification", description = "A message to a receiver")
@Paged(
        value = "A stretch of the list of messages",
        name = "NotificationPage",
        order = "Newest first",
        cursor = "4711")
record DeliveryView(
        @Schema(description = "The id, which `Sonde-Delivery` repeats at each attempt") String id,
        @Schema(description = "Name of the receiver", example = "ops") String receiver,
        @Schema(
                        description = "The occasion of the message",
                        allowableValues = {
                            "incident.opened",
                            "incident.reminded",
                            "incident.closed",
                            "probe.degraded",
                            "probe.recovered",
                            "test"
                        })
                String event,
        @Schema(description = "Ids of its incidents; of changes to or from degraded: ids of these")
                List<String> incidents,
        @Schema(
                        description =
                                "Whether it waits for an attempt, was delivered, or was refused and is"
                                        + " not sent again",
                        allowableValues = {"waiting", "delivered", "failed"})
                String state,
        @Schema(description = "Attempts until now") int attempts,
        @Schema(description = "The next attempt; absent where none follows")
                @Nullable Instant nextAt,
        @Schema(
                        description = "Why the latest failed attempt failed; absent without any",
                        example = "https://hooks.example: the answer has status 503")
                @Nullable String lastError,
        @Schema(description = "When the message was made") Instant at) {

    static DeliveryView of(MessageDelivery delivery) {
        Instant next = delivery.nextAt();
        return new DeliveryView(
                delivery.id(),
                delivery.receiver(),
                delivery.event().label(),
                delivery.incidents(),
                delivery.state().label(),
                delivery.attempts(),
                next == null ? null : next.truncatedTo(ChronoUnit.MILLIS),
                delivery.lastError(),
                delivery.at().truncatedTo(ChronoUnit.MILLIS));
    }
}
