package dev.sonde.form;

import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.listen.spec.FaultEffect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the faults of a proxy out of a request; a field that a type does not have is refused.
final class FaultReader {

    private static final Map<String, Set<String>> FIELDS =
            Map.of(
                    "latency", Set.of("latency", "jitter"),
                    "bandwidth", Set.of("bytesPerSecond", "shared"),
                    "slicer", Set.of("averageBytes", "variationBytes", "delay"),
                    "slow_close", Set.of("delay"),
                    "blackhole", Set.of("after"),
                    "reset", Set.of("after"),
                    "limit", Set.of("bytes"),
                    "stall", Set.of());

    private final String path;
    private final FaultForm body;
    private final InvalidFields invalid;

    private FaultReader(String path, FaultForm body, InvalidFields invalid) {
        this.path = path;
        this.body = body;
        this.invalid = invalid;
    }

    static List<Fault> read(
            String path, @Nullable List<@Nullable FaultForm> bodies, InvalidFields invalid) {
        List<Fault> faults = new ArrayList<>();
        List<@Nullable FaultForm> given = bodies == null ? List.of() : bodies;
        if (given.size() > Fault.MOST) {
            invalid.add(path, given.size(), "a proxy has at most " + Fault.MOST + " faults");
            return faults;
        }
        for (int i = 0; i < given.size(); i++) {
            FaultForm body = given.get(i);
            String at = path + "[" + i + "]";
            if (body == null) {
                invalid.add(at, null, "an object with a type is expected");
            } else {
                Fault fault = new FaultReader(at, body, invalid).read();
                if (fault != null) {
                    faults.add(fault);
                }
            }
        }
        return faults;
    }

    private @Nullable Fault read() {
        String type = body.type();
        Set<String> fields = type == null ? null : FIELDS.get(type);
        if (type == null || fields == null) {
            invalid.add(
                    path + ".type",
                    type,
                    "one of " + String.join(", ", FIELDS.keySet().stream().sorted().toList()));
            return null;
        }
        body.given()
                .forEach(
                        (field, value) -> {
                            if (value != null && !fields.contains(field)) {
                                invalid.add(path + "." + field, null, "not a field of " + type);
                            }
                        });
        FaultDirection direction =
                invalid.word(path + ".direction", body.direction(), FaultDirection.TO_CLIENT);
        String name = body.name() == null ? type + "_" + direction.label() : body.name();
        double probability = body.probability() == null ? 1 : body.probability();
        FaultEffect effect = effect(type);
        return effect == null ? null : new Fault(name, direction, probability, effect);
    }

    private @Nullable FaultEffect effect(String type) {
        return switch (type) {
            case "latency" ->
                    new FaultEffect.Latency(
                            duration("latency", body.latency()), duration("jitter", body.jitter()));
            case "bandwidth" -> {
                Long rate = required("bytesPerSecond", body.bytesPerSecond());
                yield rate == null ? null : new FaultEffect.Bandwidth(rate, isTrue(body.shared()));
            }
            case "slicer" -> {
                Integer size = required("averageBytes", body.averageBytes());
                Integer variation = body.variationBytes();
                yield size == null
                        ? null
                        : new FaultEffect.Slicer(
                                size,
                                variation == null ? 0 : variation,
                                duration("delay", body.delay()));
            }
            case "slow_close" -> new FaultEffect.SlowClose(duration("delay", body.delay()));
            case "blackhole" -> new FaultEffect.Blackhole(duration("after", body.after()));
            case "reset" -> new FaultEffect.Reset(duration("after", body.after()));
            case "limit" -> {
                Long bytes = required("bytes", body.bytes());
                yield bytes == null ? null : new FaultEffect.Limit(bytes);
            }
            default -> new FaultEffect.Stall();
        };
    }

    private <T> @Nullable T required(String field, @Nullable T value) {
        if (value == null) {
            invalid.add(path + "." + field, null, "a number is expected");
        }
        return value;
    }

    private static boolean isTrue(@Nullable Boolean given) {
        return given != null && given;
    }

    private Duration duration(String field, @Nullable String text) {
        Duration read = invalid.read(path + "." + field, text, DurationText::parse);
        return read == null ? Duration.ZERO : read;
    }
}
