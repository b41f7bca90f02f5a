package dev.sonde.maintenance;

import dev.sonde.form.condition.LabelSelector;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The probes of a maintenance: by their labels or by their names.
public final class Selection {

    private final List<String> labels;
    private final Set<String> probes;
    private final LabelSelector selector;

    private Selection(List<String> labels, Set<String> probes) {
        this.labels = List.copyOf(labels);
        this.probes = Set.copyOf(probes);
        this.selector = LabelSelector.of(labels.toArray(String[]::new));
    }

    /// Probes whose labels meet every condition, such as `team=payments` or `team!=mail`.
    ///
    /// @throws dev.sonde.form.InvalidRequestException when one is none of the two forms
    public static Selection byLabels(List<String> conditions) {
        return new Selection(conditions, Set.of());
    }

    public static Selection byNames(Set<String> names) {
        return new Selection(List.of(), names);
    }

    public boolean matches(String probe, Map<String, String> of) {
        return labels.isEmpty() ? probes.contains(probe) : selector.matches(of);
    }

    /// The conditions; empty where names are given.
    public List<String> labels() {
        return labels;
    }

    /// The names, in no order; empty where conditions are given.
    public Set<String> probes() {
        return probes;
    }
}
