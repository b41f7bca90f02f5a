package dev.sonde.schedule;

import dev.sonde.probe.finding.ProbeState;
import dev.sonde.schedule.plan.ScheduledProbe;
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

    boolean matches(ScheduledProbe probe) {
        return (state == null || probe.health().state() == state)
                && probe.definition().spec().labels().entrySet().containsAll(labels.entrySet())
                && (more == null || more.test(ProbeSnapshot.of(probe)));
    }
}
