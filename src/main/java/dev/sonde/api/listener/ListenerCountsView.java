package dev.sonde.api.listener;

import dev.sonde.listen.spec.ConnectionCounts;
import dev.sonde.listen.spec.ConnectionEnd;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import java.util.TreeMap;

/// A listener's connections in numbers, since it was created.
@Schema(name = "ListenerConnections", description = "A listener's connections in numbers")
record ListenerCountsView(
        @Schema(description = "Open now", example = "0") int active,
        @Schema(description = "Since it was created", example = "0") long accepted,
        @Schema(
                        description =
                                "Connections that were reset at once, because limits.connections was reached",
                        example = "0")
                long rejected,
        @Schema(description = "Ended by a RST of either side", example = "0") long reset,
        @Schema(description = "Bytes received", example = "0") long bytesIn,
        @Schema(description = "Bytes sent", example = "0") long bytesOut,
        @Schema(
                        description = "Number of pauses of accept, because no descriptor was free",
                        example = "0")
                long exhausted,
        @Schema(description = "Those that ended, by how and by whom") Map<String, Long> ended) {

    static ListenerCountsView of(ConnectionCounts counts) {
        Map<String, Long> ended = new TreeMap<>();
        for (ConnectionEnd end : ConnectionEnd.values()) {
            Long count = counts.byEnd().get(end);
            if (count != null && count > 0) {
                ended.put(end.label(), count);
            }
        }
        return new ListenerCountsView(
                counts.active(),
                counts.accepted(),
                counts.rejected(),
                counts.reset(),
                counts.bytesIn(),
                counts.bytesOut(),
                counts.exhausted(),
                ended);
    }
}
