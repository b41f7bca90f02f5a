package dev.sonde.check;

import dev.sonde.probe.finding.ProbeResult;

/// Where a check's results go. Written under the lock of its [CheckRun].
sealed interface ResultBuffer permits ResultLog, ResultQueue {

    /// Whether another probe may start beside those that are in flight.
    boolean hasRoom(int inFlight);

    void add(ProbeResult result);
}
