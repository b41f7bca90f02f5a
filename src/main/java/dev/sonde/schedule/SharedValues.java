package dev.sonde.schedule;

import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Values that many definitions have in common, each kept once. Safe for any thread.
///
/// Bounded: values beyond the limit are simply not shared.
final class SharedValues {

    private static final int MOST = 20_000;

    private final ConcurrentMap<Object, Object> values = new ConcurrentHashMap<>();

    ProbeDefinition share(ProbeDefinition definition) {
        ProbeSpec spec = definition.spec();
        ProbeSpec shared =
                new ProbeSpec(
                        spec.target(),
                        one(spec.interval()),
                        one(spec.settings()),
                        spec.module(),
                        one(spec.labels()),
                        spec.paused(),
                        one(spec.thresholds()));
        return new ProbeDefinition(
                definition.name(),
                shared,
                definition.version(),
                definition.createdAt(),
                definition.updatedAt());
    }

    @SuppressWarnings("unchecked")
    private <T> T one(T value) {
        if (values.size() >= MOST) {
            return (T) values.getOrDefault(value, value);
        }
        Object known = values.putIfAbsent(value, value);
        return known == null ? value : (T) known;
    }
}
