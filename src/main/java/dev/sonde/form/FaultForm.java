package dev.sonde.form;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.listen.spec.FaultEffect;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A fault of a proxy, in requests and answers. The field `type` selects the record and thereby the
/// allowed fields.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(
        name = "Fault",
        description = "A fault on one direction of a proxy's connections",
        discriminatorProperty = "type")
sealed interface FaultForm {

    @Schema(description = "Unique in its proxy; type_direction when absent", example = "slow")
    @Nullable String name();

    @Schema(
            description = "The direction that it acts on; to_client when absent",
            allowableValues = {"to_client", "to_upstream"})
    @Nullable String direction();

    @Schema(
            description = "The share of connections that it acts on; 1 when absent",
            minimum = "0",
            maximum = "1")
    @Nullable Double probability();

    /// The effect; what is wrong is noted under `path`, and then there may be none.
    @Nullable FaultEffect toEffect(String path, InvalidFields invalid);

    /// Reads the faults of a proxy; what is wrong is noted under `path`.
    static List<Fault> read(
            String path, @Nullable List<@Nullable FaultForm> forms, InvalidFields invalid) {
        List<Fault> faults = new ArrayList<>();
        List<@Nullable FaultForm> given = forms == null ? List.of() : forms;
        if (given.size() > Fault.MOST) {
            invalid.add(path, given.size(), "a proxy has at most " + Fault.MOST + " faults");
            return faults;
        }
        for (int i = 0; i < given.size(); i++) {
            FaultForm form = given.get(i);
            String at = path + "[" + i + "]";
            Fault fault = form == null ? null : form.toFault(at, invalid);
            if (form == null) {
                invalid.add(at, null, "an object with a type is expected");
            } else if (fault != null) {
                faults.add(fault);
            }
        }
        return faults;
    }

    private @Nullable Fault toFault(String path, InvalidFields invalid) {
        String direction = direction();
        FaultDirection side =
                invalid.word(path + ".direction", direction, FaultDirection.TO_CLIENT);
        FaultEffect effect = toEffect(path, invalid);
        if (effect == null) {
            return null;
        }
        String name = name();
        Double share = probability();
        return new Fault(
                name == null ? effect.type() + "_" + side.label() : name,
                side,
                share == null ? 1 : share,
                effect);
    }

    static FaultForm of(Fault fault) {
        String name = fault.name();
        String side = fault.direction().label();
        double share = fault.probability();
        return switch (fault.effect()) {
            case FaultEffect.Latency(Duration latency, Duration jitter) ->
                    new Latency(name, side, share, text(latency), text(jitter));
            case FaultEffect.Bandwidth(long rate, boolean shared) ->
                    new Bandwidth(name, side, share, rate, shared);
            case FaultEffect.Slicer(int average, int variation, Duration delay) ->
                    new Slicer(name, side, share, average, variation, text(delay));
            case FaultEffect.SlowClose(Duration delay) ->
                    new SlowClose(name, side, share, text(delay));
            case FaultEffect.Blackhole(Duration after) ->
                    new Blackhole(name, side, share, text(after));
            case FaultEffect.Reset(Duration after) -> new Reset(name, side, share, text(after));
            case FaultEffect.Limit(long bytes) -> new Limit(name, side, share, bytes);
            case FaultEffect.Stall _ -> new Stall(name, side, share);
        };
    }

    /// Each piece is delayed.
    @JsonTypeName("latency")
    @Schema(name = "LatencyFault", description = "Each piece is delayed")
    record Latency(
            @Nullable String name,
            @Nullable String direction,
            @Nullable Double probability,
            @Schema(description = "The delay of each piece") @Nullable String latency,
            @Schema(description = "Plus or minus so much") @Nullable String jitter)
            implements FaultForm {
        @Override
        public FaultEffect toEffect(String path, InvalidFields invalid) {
            return new FaultEffect.Latency(
                    duration(path + ".latency", latency, invalid),
                    duration(path + ".jitter", jitter, invalid));
        }
    }

    /// At most so many bytes pass in a second.
    @JsonTypeName("bandwidth")
    @Schema(name = "BandwidthFault", description = "At most so many bytes pass in a second")
    record Bandwidth(
            @Nullable String name,
            @Nullable String direction,
            @Nullable Double probability,
            @Schema(
                            description = "0 lets nothing pass",
                            minimum = "0",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable Long bytesPerSecond,
            @Schema(description = "Whether all connections have this rate together")
                    @Nullable Boolean shared)
            implements FaultForm {
        @Override
        public @Nullable FaultEffect toEffect(String path, InvalidFields invalid) {
            Long given = required(path + ".bytesPerSecond", bytesPerSecond, invalid);
            return given == null
                    ? null
                    : new FaultEffect.Bandwidth(given, Boolean.TRUE.equals(shared));
        }
    }

    /// The bytes pass in pieces.
    @JsonTypeName("slicer")
    @Schema(name = "SlicerFault", description = "The bytes pass in pieces")
    record Slicer(
            @Nullable String name,
            @Nullable String direction,
            @Nullable Double probability,
            @Schema(
                            description = "The size of a piece",
                            minimum = "1",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable Integer averageBytes,
            @Schema(description = "Plus or minus so much", minimum = "0")
                    @Nullable Integer variationBytes,
            @Schema(description = "The pause after a piece") @Nullable String delay)
            implements FaultForm {
        @Override
        public @Nullable FaultEffect toEffect(String path, InvalidFields invalid) {
            Integer given = required(path + ".averageBytes", averageBytes, invalid);
            return given == null
                    ? null
                    : new FaultEffect.Slicer(
                            given,
                            variationBytes == null ? 0 : variationBytes,
                            duration(path + ".delay", delay, invalid));
        }
    }

    /// The end of the direction is delayed.
    @JsonTypeName("slow_close")
    @Schema(name = "SlowCloseFault", description = "The end of the direction is delayed")
    record SlowClose(
            @Nullable String name,
            @Nullable String direction,
            @Nullable Double probability,
            @Schema(description = "The delay of the end") @Nullable String delay)
            implements FaultForm {
        @Override
        public FaultEffect toEffect(String path, InvalidFields invalid) {
            return new FaultEffect.SlowClose(duration(path + ".delay", delay, invalid));
        }
    }

    /// Nothing passes and all bytes are dropped.
    @JsonTypeName("blackhole")
    @Schema(name = "BlackholeFault", description = "Nothing passes and all bytes are dropped")
    record Blackhole(
            @Nullable String name,
            @Nullable String direction,
            @Nullable Double probability,
            @Schema(description = "The time until the connection is closed; never when 0s")
                    @Nullable String after)
            implements FaultForm {
        @Override
        public FaultEffect toEffect(String path, InvalidFields invalid) {
            return new FaultEffect.Blackhole(duration(path + ".after", after, invalid));
        }
    }

    /// Both sides meet a RST.
    @JsonTypeName("reset")
    @Schema(name = "ResetFault", description = "Both sides meet a RST")
    record Reset(
            @Nullable String name,
            @Nullable String direction,
            @Nullable Double probability,
            @Schema(description = "From the first bytes to the RST") @Nullable String after)
            implements FaultForm {
        @Override
        public FaultEffect toEffect(String path, InvalidFields invalid) {
            return new FaultEffect.Reset(duration(path + ".after", after, invalid));
        }
    }

    /// The connection is closed after so many bytes.
    @JsonTypeName("limit")
    @Schema(name = "LimitFault", description = "The connection is closed after so many bytes")
    record Limit(
            @Nullable String name,
            @Nullable String direction,
            @Nullable Double probability,
            @Schema(
                            description = "As many pass",
                            minimum = "0",
                            requiredMode = Schema.RequiredMode.REQUIRED)
                    @Nullable Long bytes)
            implements FaultForm {
        @Override
        public @Nullable FaultEffect toEffect(String path, InvalidFields invalid) {
            Long given = required(path + ".bytes", bytes, invalid);
            return given == null ? null : new FaultEffect.Limit(given);
        }
    }

    /// Nothing is read: the sender meets a zero window.
    @JsonTypeName("stall")
    @Schema(name = "StallFault", description = "Nothing is read: the sender meets a zero window")
    record Stall(@Nullable String name, @Nullable String direction, @Nullable Double probability)
            implements FaultForm {
        @Override
        public FaultEffect toEffect(String path, InvalidFields invalid) {
            return new FaultEffect.Stall();
        }
    }

    private static <T extends Number> @Nullable T required(
            String path, @Nullable T given, InvalidFields invalid) {
        if (given == null) {
            invalid.add(path, null, "a number is expected");
        }
        return given;
    }

    private static Duration duration(String path, @Nullable String text, InvalidFields invalid) {
        Duration read = invalid.read(path, text, DurationText::parse);
        return read == null ? Duration.ZERO : read;
    }

    private static String text(Duration duration) {
        boolean isWhole = duration.equals(duration.truncatedTo(ChronoUnit.MILLIS));
        return isWhole ? DurationText.format(duration) : duration.toString();
    }
}
