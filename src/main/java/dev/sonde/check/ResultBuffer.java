package dev.sonde.check;

import dev.sonde.probe.finding.ProbeResult;

/// The sink of a check's results. Written under the lock of its [CheckRun].
sealed interface ResultBuffer permits ResultLog, ResultQueue {

    /// Estimated heap of a result of a plain connect, in bytes.
    int RESULT_BYTES = 1_200;

    /// Whether another probe may start beside those that are in flight.
    boolean hasRoom(int inFlight);

    void add(ProbeResult result);

    /// Gives back the heap that results take. Nothing is read after it.
    void release();
}
