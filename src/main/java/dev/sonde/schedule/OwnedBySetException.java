package dev.sonde.schedule;

import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import org.jspecify.annotations.Nullable;

/// A change of a probe that has another owner; nothing has changed.
public final class OwnedBySetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String probe;
    private final boolean isOwned;

    /// @param owner the set that owns the probe; null for a probe outside of sets
    public OwnedBySetException(String probe, @Nullable String owner) {
        super(
                owner == null
                        ? "probe %s belongs to no set; delete it before a set names it"
                                .formatted(probe)
                        : "the set %s owns probe %s; change it in the set's document"
                                .formatted(owner, probe));
        this.probe = probe;
        this.isOwned = owner != null;
    }

    public String probe() {
        return probe;
    }

    /// Whether a set is the owner; else the probe is outside of sets.
    public boolean isOwned() {
        return isOwned;
    }

    /// A probe of a set can be paused and resumed, nothing else.
    ///
    /// @param wanted absent where the probe is to be deleted
    static void requireUnowned(@Nullable ProbeDefinition before, @Nullable ProbeSpec wanted) {
        if (before == null || before.source() == null) {
            return;
        }
        ProbeSpec spec = before.spec();
        if (wanted == null || !wanted.equals(spec.withPaused(wanted.paused()))) {
            throw new OwnedBySetException(before.name(), before.source());
        }
    }
}
