package dev.sonde.probe.spec;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A stored scheduled probe: its definition and its times.
///
/// @param version grows with every change. A new definition starts at the milliseconds of its
///     creation. A name that is deleted and created again therefore never repeats a version.
/// @param createdAt in whole microseconds, which is what the store keeps
/// @param updatedAt in whole microseconds
/// @param source the set of definitions that owns it; absent for a probe outside of sets
public record ProbeDefinition(
        String name,
        ProbeSpec spec,
        long version,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String source) {

    public ProbeDefinition {
        ResourceName.requireValid(name);
        createdAt = createdAt.truncatedTo(ChronoUnit.MICROS);
        updatedAt =
                updatedAt.equals(createdAt) ? createdAt : updatedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /// The first version of a definition that no set owns.
    public static ProbeDefinition create(String name, ProbeSpec spec, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        return new ProbeDefinition(name, spec, at.toEpochMilli(), at, at, null);
    }

    /// The same definition, owned by a set.
    public ProbeDefinition ownedBy(String set) {
        return new ProbeDefinition(name, spec, version, createdAt, updatedAt, set);
    }

    /// The next version of this definition.
    public ProbeDefinition replace(ProbeSpec spec, Instant now) {
        return new ProbeDefinition(name, spec, version + 1, createdAt, now, source);
    }
}
