package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The part of a listener of all replicas at one of them. Absent means not measured or not set.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ListenerPart", description = "A listener of all replicas at one of them")
record ListenerPartView(
        @Schema(description = "Its name", example = "sonde-1") String replica,
        @Schema(
                        description = "State of the listener there",
                        allowableValues = {"listening", "paused", "expired", "failed"})
                String state,
        @Schema(description = "Reason of the failure; absent in other states")
                @Nullable String reason,
        @Schema(description = "The failure in one sentence") @Nullable String detail,
        @Schema(description = "Absent while it does not listen there", example = "10.1.2.3:9000")
                @Nullable String address,
        @Nullable AcceptQueueView acceptQueue,
        ListenerCountsView connections) {}
