package dev.sonde.probe.keeping;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Transition;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The stored runs of scheduled probes. Safe for any thread; every method may block.
///
/// A result is seen here up to a second after its run. A cursor that no page has given out is an
/// `IllegalArgumentException`.
public interface ProbeHistory {

    /// Results of a probe, newest first; nothing for a name that is not defined.
    Page<ProbeResult> results(String probe, HistoryQuery query);

    /// The newest result of each of some probes, in no order, read together. Probes without a
    /// result and unknown names are left out.
    List<ProbeResult> latest(Collection<String> probes);

    /// One result, unless its probe was deleted or the result has expired.
    Optional<ProbeResult> result(UUID id);

    /// The greatest id of all results and transitions; empty where there are none.
    Optional<UUID> greatestId();

    /// Changes of a probe's state, newest first.
    Page<Transition> transitions(String probe, @Nullable String cursor, int limit);
}
