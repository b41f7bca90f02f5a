package dev.sonde.probe.finding;

/// The receiver of results. The one port from the engine to the other rooms.
@FunctionalInterface
public interface ResultSink {

    /// Called once for each result, on an event loop's thread: it must neither block nor throw.
    void accept(ProbeResult result);
}
