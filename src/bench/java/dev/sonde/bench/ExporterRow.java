package dev.sonde.bench;

import java.io.IOException;

/// `GET /probe` of one exporter, asked by so many callers at once.
///
/// @param port of the exporter
/// @param pid of the exporter, whose CPU time is counted
/// @param inFlight callers, each with one probe at a time
record ExporterRow(
        String label,
        int port,
        long pid,
        int inFlight,
        ProbeCallersProcess callers,
        ListenerProcess listener)
        implements Contender {

    @Override
    public Sample measure(int connects) throws IOException {
        long beforeNanos = ProcessClock.cpuNanos(pid);
        var answers = callers.call(port, listener.port(), connects, inFlight);
        long cpuNanos = ProcessClock.cpuNanos(pid) - beforeNanos;
        listener.settle();
        return new Sample(
                answers.succeeded(), answers.failed(), answers.tookNanos(), cpuNanos, 0, 0, 0);
    }
}
