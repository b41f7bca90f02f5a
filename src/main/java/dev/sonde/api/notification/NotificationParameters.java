package dev.sonde.api.notification;

import dev.sonde.api.request.CursorParameter;
import dev.sonde.api.request.LimitParameter;
import dev.sonde.api.request.Query;
import dev.sonde.notification.message.DeliveryState;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The page of messages that a query asks for.
record NotificationParameters(
        @Parameter(
                        description = "Only messages in this state",
                        schema =
                                @Schema(
                                        type = "string",
                                        allowableValues = {"waiting", "delivered", "failed"}))
                @Nullable String state,
        @Parameter(
                        description = "Only messages to this receiver",
                        schema = @Schema(type = "string"))
                @Nullable String receiver,
        @LimitParameter @Nullable String limit,
        @CursorParameter @Nullable String cursor) {

    @Nullable DeliveryState wanted() {
        if (state == null) {
            return null;
        }
        Query.word(
                "state",
                state,
                Arrays.stream(DeliveryState.values()).map(DeliveryState::label).toList());
        return Arrays.stream(DeliveryState.values())
                .filter(it -> it.label().equals(state))
                .findFirst()
                .orElseThrow();
    }
}
