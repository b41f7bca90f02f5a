package dev.sonde.schedule;

import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.schedule.plan.ProbeEntry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Compares the probes that a set is to own with the present ones. For one thread at a time.
///
/// @param clock for the times of new definitions
record SetComparison(ProbeBook book, Clock clock) {

    /// The changes that make a set own exactly these probes.
    ///
    /// @throws OwnedBySetException where a probe of the name has another owner
    SetChange of(String set, Map<String, ProbeSpec> wanted) {
        Map<String, ProbeDefinition> owned = owned(set);
        List<ProbeChange> changes = new ArrayList<>();
        wanted.forEach(
                (name, spec) -> {
                    ProbeDefinition before = book.defined(name);
                    if (before == null) {
                        ProbeDefinition created =
                                ProbeDefinition.create(name, spec, clock.instant());
                        changes.add(new ProbeChange(null, created.ownedBy(set)));
                    } else if (!set.equals(before.source())) {
                        throw new OwnedBySetException(name, before.source());
                    } else {
                        boolean isPaused = before.spec().paused();
                        ProbeSpec kept =
                                spec.paused() == isPaused ? spec : spec.withPaused(isPaused);
                        if (!kept.equals(before.spec())) {
                            changes.add(new ProbeChange(before, next(name, before, kept)));
                        }
                    }
                });
        int unchanged = wanted.size() - changes.size();
        owned.keySet().removeAll(wanted.keySet());
        owned.values().forEach(gone -> changes.add(new ProbeChange(gone, null)));
        return new SetChange(changes, unchanged);
    }

    private Map<String, ProbeDefinition> owned(String set) {
        Map<String, ProbeDefinition> owned = new LinkedHashMap<>();
        for (ProbeEntry probe : book.all()) {
            if (set.equals(probe.set())) {
                owned.put(probe.name(), probe.definition());
            }
        }
        return owned;
    }

    /// The definition that replaces another one, or is the first of its name.
    ProbeDefinition next(String name, @Nullable ProbeDefinition before, ProbeSpec wanted) {
        return before == null
                ? ProbeDefinition.create(name, wanted, clock.instant())
                : before.replace(wanted, clock.instant());
    }
}
