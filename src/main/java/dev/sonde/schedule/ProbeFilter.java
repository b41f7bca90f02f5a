package dev.sonde.schedule;

import dev.sonde.probe.finding.ProbeState;
import dev.sonde.schedule.plan.ScheduledProbe;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which probes of a list are wanted.
///
/// @param labels that a probe must all have, with these values
/// @param state that a probe must be in; any when absent
public record ProbeFilter(Map<String, String> labels, @Nullable ProbeState state) {

    public static final ProbeFilter ALL = new ProbeFilter(Map.of(), null);

    public ProbeFilter {
        labels = Map.copyOf(labels);
    }

    boolean matches(ScheduledProbe probe) {
        return (state == null || probe.health().state() == state)
                && probe.definition().spec().labels().entrySet().containsAll(labels.entrySet());
    }
}
