package dev.sonde.history;

import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The stored changes of state of all probes. Safe for any thread; every method may block.
public interface IncidentHistory {

    /// Incidents that began or lasted since then.
    ///
    /// @param isOpen true for open incidents, false for ended ones; both when absent
    Page<Incident> incidents(HistorySearch search, @Nullable Boolean isOpen);

    /// Incidents of some probes that lasted at some time from one instant to another.
    List<Incident> incidents(Collection<String> probes, Instant from, Instant to);

    Page<Transition> transitions(HistorySearch search);
}
