package dev.sonde.probe.path;

/// The receiver of evidence that came after its result.
@FunctionalInterface
public interface LateEvidenceSink {

    /// Called after the result itself was delivered, on an event loop's thread: it must neither
    /// block nor throw.
    void add(LateEvidence evidence);
}
