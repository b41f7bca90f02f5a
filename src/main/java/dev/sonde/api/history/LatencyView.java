package dev.sonde.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.history.Distribution;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/// How measured times are distributed, in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Latency",
        description = "Percentiles within 3.2 % of the measured times, microseconds")
record LatencyView(
        @Schema(description = "Half of the times are not above it") long p50Micros,
        @Schema(description = "95 % are not above it") long p95Micros,
        @Schema(description = "99 % are not above it") long p99Micros,
        @Schema(description = "The longest time, exact") long maxMicros) {

    /// Null where nothing was measured.
    static @Nullable LatencyView of(Distribution times) {
        return times.isEmpty()
                ? null
                : new LatencyView(
                        times.percentileMicros(50),
                        times.percentileMicros(95),
                        times.percentileMicros(99),
                        times.maxMicros());
    }
}
