package dev.sonde.api.listener;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.listen.spec.ListenerStatus;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// The connections of a listener that wait for accept. Absent means not measured.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AcceptQueue", description = "Connections that wait for accept")
record AcceptQueueView(
        @Schema(description = "0 to limit + 1", example = "0") @Nullable Long length,
        @Schema(description = "Longest queue; Linux admits one more", example = "128")
                @Nullable Long limit,
        @Schema(description = "SYNs and handshakes dropped since it listens", example = "0")
                @Nullable Long drops,
        @Schema(
                        description = "Source of the figures",
                        allowableValues = {"tcp_info", "none"})
                String source) {

    static AcceptQueueView of(ListenerStatus.Queue queue) {
        return new AcceptQueueView(
                queue.length(),
                queue.limit(),
                queue.drops(),
                queue.length() == null ? "none" : "tcp_info");
    }
}
