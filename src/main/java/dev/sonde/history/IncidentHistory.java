package dev.sonde.history;

import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.Page;
import org.jspecify.annotations.Nullable;

/// What was kept of all probes' changes of state. Safe for any thread; every method may block.
public interface IncidentHistory {

    /// Incidents that began or lasted since then.
    ///
    /// @param isOpen whether open or ended ones alone are wanted; both when absent
    Page<Incident> incidents(HistorySearch search, @Nullable Boolean isOpen);

    Page<Transition> transitions(HistorySearch search);
}
