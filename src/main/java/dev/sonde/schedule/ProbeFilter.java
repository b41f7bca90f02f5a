package dev.sonde.schedule;

import dev.sonde.probe.finding.ProbeState;
import dev.sonde.schedule.plan.ProbeEntry;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Which probes of a list are wanted.
///
/// @param labels that a probe must all have, with these values
/// @param state that a probe must be in; any when absent
/// @param more accepts the probes that are wanted beyond that; all when absent
public record ProbeFilter(
        Map<String, String> labels,
        @Nullable ProbeState state,
        @Nullable Predicate<ProbeSnapshot> more) {

    public static final ProbeFilter ALL = new ProbeFilter(Map.of(), null);

    public ProbeFilter {
        labels = Map.copyOf(labels);
    }

    public ProbeFilter(Map<String, String> labels, @Nullable ProbeState state) {
        this(labels, state, null);
    }

    /// A wanted probe as it is now; absent for a probe that is not wanted.
    @Nullable ProbeSnapshot find(ProbeEntry probe) {
        if (!isOfState(probe)) {
            return null;
        }
        ProbeSnapshot found = ProbeSnapshot.of(probe);
        boolean matches =
                found.definition().spec().labels().entrySet().containsAll(labels.entrySet())
                        && (more == null || more.test(found));
        return matches ? found : null;
    }

    /// Reads the definition only where the filter asks for something in it.
    boolean matches(ProbeEntry probe) {
        boolean isOfStateAlone = labels.isEmpty() && more == null;
        return isOfStateAlone ? isOfState(probe) : find(probe) != null;
    }

    private boolean isOfState(ProbeEntry probe) {
        return state == null || probe.health().state() == state;
    }
}
