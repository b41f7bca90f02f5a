package dev.sonde.attempt;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.path.LateEvidence;

/// The receiver of a run's result. Called on an event loop's thread, or on the caller's if the
/// probe is refused at once. It must neither block nor throw.
@FunctionalInterface
public interface RunListener {

    /// Called exactly once, after the sinks.
    void onResult(ProbeResult result);

    /// Called for each answer to a question that a scheduled run asked beyond its result.
    default void onEvidence(LateEvidence evidence) {}
}
