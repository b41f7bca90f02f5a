package dev.sonde.check;

import dev.sonde.probe.finding.ProbeResult;
import java.util.ArrayList;
import java.util.List;

/// Results on their way to somebody who reads them as they come. Guarded by the lock of its
/// [CheckRun].
///
/// Together with the probes in flight it never exceeds its window: a slow reader pauses the check.
final class ResultQueue implements ResultBuffer {

    private final int window;
    private List<ProbeResult> waiting = new ArrayList<>();

    ResultQueue(int window) {
        this.window = window;
    }

    @Override
    public boolean hasRoom(int inFlight) {
        return waiting.size() + inFlight < window;
    }

    @Override
    public void add(ProbeResult result) {
        waiting.add(result);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    List<ProbeResult> takeAll() {
        List<ProbeResult> taken = waiting;
        waiting = new ArrayList<>(taken.size());
        return taken;
    }
}
