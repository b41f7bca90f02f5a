package dev.sonde.toxiproxy;

import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.listen.spec.FaultEffect;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A reader of toxics, as a client of Toxiproxy's API writes them.
final class Toxic {

    private Toxic() {}

    /// Reads a new toxic.
    static Fault create(Body body) {
        String type = body.text("type");
        if (type == null) {
            throw new ToxiproxyException(400, "missing required field: type");
        }
        String stream = body.text("stream");
        FaultDirection direction = direction(stream == null ? "downstream" : stream);
        String name = body.text("name");
        Body attributes = body.child("attributes");
        return new Fault(
                name == null ? type + "_" + ToxicView.stream(direction) : name,
                direction,
                toxicity(body, 1),
                effect(none(type), attributes));
    }

    /// Reads other values of a toxic; absent ones stay.
    static Fault update(Fault before, Body body) {
        return new Fault(
                before.name(),
                before.direction(),
                toxicity(body, before.probability()),
                effect(before.effect(), body.child("attributes")));
    }

    private static double toxicity(Body body, double whenAbsent) {
        return body.fraction("toxicity", whenAbsent);
    }

    private static FaultDirection direction(String stream) {
        return switch (stream) {
            case "upstream" -> FaultDirection.TO_UPSTREAM;
            case "downstream" -> FaultDirection.TO_CLIENT;
            default ->
                    throw new ToxiproxyException(
                            400, "stream was invalid, can be either upstream or downstream");
        };
    }

    /// The toxic of a type whose attributes are all 0.
    private static FaultEffect none(String type) {
        return switch (type) {
            case "latency" -> new FaultEffect.Latency(Duration.ZERO, Duration.ZERO);
            case "bandwidth" -> new FaultEffect.Bandwidth(0, false);
            case "slicer" -> new FaultEffect.Slicer(1, 0, Duration.ZERO);
            case "slow_close" -> new FaultEffect.SlowClose(Duration.ZERO);
            case "timeout" -> new FaultEffect.Blackhole(Duration.ZERO);
            case "reset_peer" -> new FaultEffect.Reset(Duration.ZERO);
            case "limit_data" -> new FaultEffect.Limit(0);
            case "stall" -> new FaultEffect.Stall();
            default -> throw new ToxiproxyException(400, "invalid toxic type");
        };
    }

    private static FaultEffect effect(FaultEffect before, @Nullable Body given) {
        if (given == null) {
            return before;
        }
        return switch (before) {
            case FaultEffect.Latency(Duration latency, Duration jitter) ->
                    new FaultEffect.Latency(
                            millis(given, "latency", latency), millis(given, "jitter", jitter));
            case FaultEffect.Bandwidth(long rate, boolean isShared) -> {
                Boolean shared = given.flag("shared");
                long kilobytes = given.number("rate", rate / ToxicView.BYTES_PER_KILOBYTE);
                yield new FaultEffect.Bandwidth(
                        Math.multiplyExact(bounded(kilobytes), ToxicView.BYTES_PER_KILOBYTE),
                        shared == null ? isShared : shared);
            }
            case FaultEffect.Slicer slicer -> slicer(slicer, given);
            case FaultEffect.SlowClose(Duration delay) ->
                    new FaultEffect.SlowClose(millis(given, "delay", delay));
            case FaultEffect.Blackhole(Duration after) ->
                    new FaultEffect.Blackhole(millis(given, "timeout", after));
            case FaultEffect.Reset(Duration after) ->
                    new FaultEffect.Reset(millis(given, "timeout", after));
            case FaultEffect.Limit(long bytes) ->
                    new FaultEffect.Limit(given.number("bytes", bytes));
            case FaultEffect.Stall stall -> stall;
        };
    }

    private static FaultEffect slicer(FaultEffect.Slicer before, Body given) {
        long average = given.number("average_size", before.averageBytes());
        int size = Math.clamp(average, 1, FaultEffect.MOST_SLICE_BYTES);
        long variation = given.number("size_variation", before.variationBytes());
        long micros = given.number("delay", before.delay().toNanos() / 1_000);
        return new FaultEffect.Slicer(
                size,
                (int) Math.min(variation, size - 1L),
                Duration.ofNanos(Math.multiplyExact(bounded(micros), 1_000L)));
    }

    private static Duration millis(Body given, String key, Duration before) {
        return Duration.ofMillis(bounded(given.number(key, before.toMillis())));
    }

    private static long bounded(long value) {
        return Math.min(value, 1L << 40);
    }
}
