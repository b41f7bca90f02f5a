package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultEffect;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A fault of a proxy, in requests and answers. The type decides which fields may stand beside it.
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Fault", description = "A fault on one direction of a proxy's connections")
record FaultForm(
        @Schema(description = "Unique in its proxy; type_direction when absent", example = "slow")
                @Nullable String name,
        @Schema(
                        description = "The effect; the other fields belong to some of them",
                        requiredMode = Schema.RequiredMode.REQUIRED,
                        allowableValues = {
                            "latency",
                            "bandwidth",
                            "slicer",
                            "slow_close",
                            "blackhole",
                            "reset",
                            "limit",
                            "stall"
                        })
                @Nullable String type,
        @Schema(
                        description = "The direction that it acts on; to_client when absent",
                        allowableValues = {"to_client", "to_upstream"})
                @Nullable String direction,
        @Schema(
                        description = "The share of connections that it acts on; 1 when absent",
                        minimum = "0",
                        maximum = "1")
                @Nullable Double probability,
        @Schema(description = "latency: the delay of each piece") @Nullable String latency,
        @Schema(description = "latency: plus or minus so much") @Nullable String jitter,
        @Schema(description = "bandwidth: 0 lets nothing pass", minimum = "0")
                @Nullable Long bytesPerSecond,
        @Schema(description = "bandwidth: whether all connections have this rate together")
                @Nullable Boolean shared,
        @Schema(description = "slicer: the size of a piece", minimum = "1")
                @Nullable Integer averageBytes,
        @Schema(description = "slicer: plus or minus so much", minimum = "0")
                @Nullable Integer variationBytes,
        @Schema(description = "slicer: the pause after a piece; slow_close: the delay of the end")
                @Nullable String delay,
        @Schema(
                        description =
                                "blackhole: the time until the connection is closed, never when 0s;"
                                        + " reset: from the first bytes to the RST")
                @Nullable String after,
        @Schema(description = "limit: as many pass", minimum = "0") @Nullable Long bytes) {

    static FaultForm of(Fault fault) {
        FaultEffect effect = fault.effect();
        FaultForm bare =
                new FaultForm(
                        fault.name(),
                        effect.type(),
                        fault.direction().label(),
                        fault.probability(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        return switch (effect) {
            case FaultEffect.Latency(Duration latency, Duration jitter) ->
                    bare.withTimes(text(latency), text(jitter), null, null);
            case FaultEffect.Bandwidth(long rate, boolean shared) ->
                    bare.withNumbers(rate, shared, null);
            case FaultEffect.Slicer slicer -> bare.withSlices(slicer);
            case FaultEffect.SlowClose(Duration delay) ->
                    bare.withTimes(null, null, text(delay), null);
            case FaultEffect.Blackhole(Duration after) ->
                    bare.withTimes(null, null, null, text(after));
            case FaultEffect.Reset(Duration after) -> bare.withTimes(null, null, null, text(after));
            case FaultEffect.Limit(long bytes) -> bare.withNumbers(null, null, bytes);
            case FaultEffect.Stall _ -> bare;
        };
    }

    private FaultForm withTimes(
            @Nullable String latencyText,
            @Nullable String jitterText,
            @Nullable String delayText,
            @Nullable String afterText) {
        return new FaultForm(
                name,
                type,
                direction,
                probability,
                latencyText,
                jitterText,
                null,
                null,
                null,
                null,
                delayText,
                afterText,
                null);
    }

    private FaultForm withNumbers(
            @Nullable Long rate, @Nullable Boolean isShared, @Nullable Long most) {
        return new FaultForm(
                name,
                type,
                direction,
                probability,
                null,
                null,
                rate,
                isShared,
                null,
                null,
                null,
                null,
                most);
    }

    private FaultForm withSlices(FaultEffect.Slicer slicer) {
        return new FaultForm(
                name,
                type,
                direction,
                probability,
                null,
                null,
                null,
                null,
                slicer.averageBytes(),
                slicer.variationBytes(),
                text(slicer.delay()),
                null,
                null);
    }

    /// The fields that are given, but for those that every type has.
    Map<String, @Nullable Object> given() {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("latency", latency);
        given.put("jitter", jitter);
        given.put("bytesPerSecond", bytesPerSecond);
        given.put("shared", shared);
        given.put("averageBytes", averageBytes);
        given.put("variationBytes", variationBytes);
        given.put("delay", delay);
        given.put("after", after);
        given.put("bytes", bytes);
        return given;
    }

    private static String text(Duration duration) {
        boolean isWhole = duration.equals(duration.truncatedTo(ChronoUnit.MILLIS));
        return isWhole ? DurationText.format(duration) : duration.toString();
    }
}
