package dev.sonde.api.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.history.Bucket;
import dev.sonde.history.Totals;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of a probe's runs in an answer.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Series", description = "The course of a probe's runs")
record SeriesView(
        @Schema(
                        description = "The length of a bucket",
                        allowableValues = {"1m", "5m", "1h", "1d"})
                String step,
        @Schema(description = "In the order of time; a step without runs has none")
                List<BucketView> items,
        @Schema(
                        description =
                                "Replicas that did not answer within a second; their runs of the"
                                        + " last minutes are missing. Absent if all answered",
                        example = "[\"sonde-2\"]")
                @Nullable List<String> incomplete) {

    /// The runs that started in one step.
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Bucket", description = "The runs that started in one step")
    record BucketView(
            @Schema(description = "Its begin") Instant at,
            @Schema(description = "All scheduled runs") long runs,
            @Schema(description = "Runs that failed") long failed,
            @Schema(description = "Runs that asked nothing of the target") long notProbed,
            @Schema(description = "Half of the connect times are not above it, microseconds")
                    @Nullable Long p50Micros,
            @Schema(description = "95 % of the connect times are not above it, microseconds")
                    @Nullable Long p95Micros,
            @Schema(description = "The reason of most failed runs", example = "refused")
                    @Nullable String worst) {

        static BucketView of(Bucket bucket) {
            Totals totals = bucket.totals();
            boolean isMeasured = !totals.connect().isEmpty();
            return new BucketView(
                    Instant.ofEpochSecond(bucket.at()),
                    totals.runs(),
                    totals.failed(),
                    totals.notProbed(),
                    isMeasured ? (Long) totals.connect().percentileMicros(50) : null,
                    isMeasured ? (Long) totals.connect().percentileMicros(95) : null,
                    totals.worst());
        }
    }
}
