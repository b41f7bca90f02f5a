package dev.sonde.schedule;

import dev.sonde.memory.HeapShare;
import dev.sonde.memory.Weigher;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/// Values that many definitions share. Each is kept and weighed once, until no definition has it.
/// Safe for any thread.
///
/// Bounded: values beyond the limit are not shared, and weighed for each definition.
final class SharedValues {

    private static final int MOST = 20_000;

    /// A scheduled probe with its definition and its places in book and plan. Its texts and
    /// shareable values are excluded.
    private static final long PROBE_BYTES = 320;

    private final Map<Object, Holding> values = new HashMap<>();
    private final HeapShare memory;

    private static final class Holding {
        final Object value;
        long holders;

        Holding(Object value) {
            this.value = value;
        }
    }

    SharedValues(HeapShare memory) {
        this.memory = memory;
    }

    HeapShare memory() {
        return memory;
    }

    /// The same definition with values that others have as well; it counts until [#release].
    synchronized ProbeDefinition hold(ProbeDefinition definition) {
        ProbeSpec spec = definition.spec();
        memory.take(ownBytes(definition));
        ProbeSpec shared =
                new ProbeSpec(
                        spec.target(),
                        one(spec.interval()),
                        one(spec.settings()),
                        spec.module(),
                        one(spec.labels()),
                        spec.paused(),
                        one(spec.thresholds()),
                        spec.unreadable());
        return new ProbeDefinition(
                definition.name(),
                shared,
                definition.version(),
                definition.createdAt(),
                definition.updatedAt(),
                definition.source() == null ? null : one(definition.source()));
    }

    /// @param held as [#hold] gave it
    synchronized void release(ProbeDefinition held) {
        memory.giveBack(ownBytes(held));
        ProbeSpec spec = held.spec();
        Stream.of(spec.interval(), spec.settings(), spec.labels(), spec.thresholds())
                .forEach(this::letGo);
        if (held.source() != null) {
            letGo(held.source());
        }
    }

    private static long ownBytes(ProbeDefinition definition) {
        ProbeSpec spec = definition.spec();
        return PROBE_BYTES
                + Weigher.of(definition.name())
                + Weigher.of(spec.target().host())
                + Weigher.of(spec.module())
                + Weigher.of(spec.unreadable());
    }

    @SuppressWarnings("unchecked")
    private <T> T one(T value) {
        Holding known = values.get(value);
        if (known == null) {
            memory.take(Weigher.of(value));
            if (values.size() >= MOST) {
                return value;
            }
            known = new Holding(value);
            values.put(value, known);
        }
        known.holders++;
        return (T) known.value;
    }

    /// Releases a value. An unshared value is another object than a shared one, even if the two are
    /// equal.
    @SuppressWarnings("ReferenceEquality")
    private void letGo(Object value) {
        Holding known = values.get(value);
        if (known == null || known.value != value) {
            memory.giveBack(Weigher.of(value));
            return;
        }
        known.holders--;
        if (known.holders == 0) {
            values.remove(value);
            memory.giveBack(Weigher.of(value));
        }
    }
}
