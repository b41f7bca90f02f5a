package dev.sonde.check;

import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Weight;
import java.util.ArrayList;
import java.util.List;

/// Results on their way to a reader that takes them as they come. Guarded by the lock of its
/// [CheckRun].
///
/// The queue and the probes in flight never exceed the window, so a slow reader pauses the check.
/// While the heap's share of all checks is full, the window is a few results wide. Every check
/// therefore continues.
final class ResultQueue implements ResultBuffer {

    private static final int LEAST = 4;

    private final int window;
    private final HeapShare memory;
    private List<ProbeResult> waiting = new ArrayList<>();
    private long waitingBytes;

    /// Of those that the reader has and is writing.
    private long takenBytes;

    private boolean isReleased;

    ResultQueue(int window, HeapShare memory) {
        this.window = window;
        this.memory = memory;
    }

    @Override
    public boolean hasRoom(int inFlight) {
        int held = waiting.size() + inFlight;
        return held < LEAST || (held < window && !memory.isOver());
    }

    @Override
    public void add(ProbeResult result) {
        if (isReleased) {
            return;
        }
        int bytes = Weight.of(result);
        memory.take(bytes);
        waitingBytes += bytes;
        waiting.add(result);
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    int size() {
        return waiting.size();
    }

    /// Results since the last call. The caller has written the earlier ones.
    List<ProbeResult> takeAll() {
        List<ProbeResult> taken = waiting;
        waiting = new ArrayList<>();
        memory.giveBack(takenBytes);
        takenBytes = waitingBytes;
        waitingBytes = 0;
        return taken;
    }

    @Override
    public void release() {
        isReleased = true;
        memory.giveBack(takenBytes + waitingBytes);
        takenBytes = 0;
        waitingBytes = 0;
        waiting = new ArrayList<>();
    }
}
