package dev.sonde.definition;

import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import java.util.List;

/// The steps that lead from a set's listeners to those of its document.
record ListenerPlan(
        List<ListenerSpec> created,
        List<Change> changed,
        List<StoredListener> deleted,
        int unchanged) {

    boolean isEmpty() {
        return created.isEmpty() && changed.isEmpty() && deleted.isEmpty();
    }

    /// One listener that is replaced.
    record Change(StoredListener before, ListenerSpec after) {}
}
