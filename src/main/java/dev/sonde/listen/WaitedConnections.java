package dev.sonde.listen;

import dev.sonde.listen.spec.ConnectionView;
import java.util.List;

/// The end of a wait for connections.
///
/// @param found those that count, newest first
public record WaitedConnections(List<ConnectionView> found, Outcome outcome) {

    /// How a wait ended.
    public enum Outcome {
        MET,
        TIMED_OUT,
        /// As many callers wait already as may.
        REFUSED
    }
}
