package dev.sonde.result;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Weight;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.keeping.ResultBytes;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A result and when it came, by the ticker: a step of the wall clock makes none old or new.
///
/// @param packed a result of the schedule
/// @param whole any other one, of which a sweep has too many to pack them
record KeptResult(
        UUID id, @Nullable PackedResult packed, @Nullable ProbeResult whole, long atNanos) {

    /// An entry of the map, and the result's time.
    private static final int ENTRY_BYTES = 88;

    static KeptResult of(ResultBytes form, ProbeResult result, long atNanos) {
        return result.probe() == null
                ? new KeptResult(result.id(), null, result, atNanos)
                : new KeptResult(result.id(), PackedResult.of(form, result), null, atNanos);
    }

    ProbeResult result() {
        return packed == null ? Objects.requireNonNull(whole) : packed.unpack();
    }

    int weight() {
        return ENTRY_BYTES
                + (packed == null ? Weight.of(Objects.requireNonNull(whole)) : packed.bytes());
    }
}
