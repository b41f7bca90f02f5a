package dev.sonde.probe.finding;

/// The receiver of changes of state.
@FunctionalInterface
public interface TransitionSink {

    /// Called once for each transition, after the result that caused it went to every [ResultSink],
    /// on an event loop's thread: it must neither block nor throw.
    void accept(Transition transition);
}
