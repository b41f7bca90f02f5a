package dev.sonde.check;

import dev.sonde.probe.finding.ProbeResult;

/// Where a check's results go. Written under the lock of its [CheckRun].
sealed interface ResultBuffer permits ResultLog, ResultQueue {

    /// What a result of a plain connect is held to take of the heap, in bytes.
    int RESULT_BYTES = 1_200;

    /// Whether another probe may start beside those that are in flight.
    boolean hasRoom(int inFlight);

    void add(ProbeResult result);

    /// Gives back the heap that results take. Nothing is read after it.
    void release();
}
