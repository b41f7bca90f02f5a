package dev.sonde.api.notification;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A stretch of the list of messages.
///
/// @param next the cursor of the next page; absent on the last one
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "NotificationPage", description = "A stretch of the list of messages")
record NotificationPageView(
        @Schema(description = "Newest first") List<DeliveryView> items,
        @Schema(
                        description = "The cursor of the next page; absent on the last one",
                        example = "4711")
                @Nullable String next) {}
