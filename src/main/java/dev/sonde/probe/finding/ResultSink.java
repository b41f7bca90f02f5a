package dev.sonde.probe.finding;

/// Where results go. The one port through which the engine tells the rest of the house.
@FunctionalInterface
public interface ResultSink {

    /// Called once for each result, on an event loop's thread: it must neither block nor throw.
    void accept(ProbeResult result);
}
