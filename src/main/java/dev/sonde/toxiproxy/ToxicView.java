package dev.sonde.toxiproxy;

import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.listen.spec.FaultEffect;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// A fault as Toxiproxy's API shows it.
final class ToxicView {

    /// Toxiproxy's arithmetic: bytes / rate = milliseconds.
    static final long BYTES_PER_KILOBYTE = 1_000;

    private ToxicView() {}

    static Map<String, Object> of(Fault fault) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("attributes", attributes(fault.effect()));
        view.put("name", fault.name());
        view.put("type", type(fault.effect()));
        view.put("stream", stream(fault.direction()));
        view.put("toxicity", fault.probability());
        return view;
    }

    private static String type(FaultEffect effect) {
        return switch (effect) {
            case FaultEffect.Blackhole _ -> "timeout";
            case FaultEffect.Reset _ -> "reset_peer";
            case FaultEffect.Limit _ -> "limit_data";
            case FaultEffect.Latency _,
                    FaultEffect.Bandwidth _,
                    FaultEffect.Slicer _,
                    FaultEffect.SlowClose _,
                    FaultEffect.Stall _ ->
                    effect.type();
        };
    }

    static String stream(FaultDirection direction) {
        return direction == FaultDirection.TO_UPSTREAM ? "upstream" : "downstream";
    }

    private static Map<String, Object> attributes(FaultEffect effect) {
        Map<String, Object> view = new LinkedHashMap<>();
        switch (effect) {
            case FaultEffect.Latency(Duration latency, Duration jitter) -> {
                view.put("latency", latency.toMillis());
                view.put("jitter", jitter.toMillis());
            }
            case FaultEffect.Bandwidth(long rate, boolean isShared) -> {
                view.put("rate", rate / BYTES_PER_KILOBYTE);
                if (isShared) {
                    view.put("shared", true);
                }
            }
            case FaultEffect.Slicer(int average, int variation, Duration delay) -> {
                view.put("average_size", average);
                view.put("size_variation", variation);
                view.put("delay", delay.toNanos() / 1_000);
            }
            case FaultEffect.SlowClose(Duration delay) -> view.put("delay", delay.toMillis());
            case FaultEffect.Blackhole(Duration after) -> view.put("timeout", after.toMillis());
            case FaultEffect.Reset(Duration after) -> view.put("timeout", after.toMillis());
            case FaultEffect.Limit(long bytes) -> view.put("bytes", bytes);
            case FaultEffect.Stall _ -> {}
        }
        return view;
    }
}
