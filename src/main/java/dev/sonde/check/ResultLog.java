package dev.sonde.check;

import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Weight;
import dev.sonde.probe.keeping.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The kept results of one check, in the order in which they came.
///
/// Results are added under the lock of its [CheckRun]. Any thread reads without the lock, so a long
/// read delays no event loop. Heap for [ResultBuffer#RESULT_BYTES] a result was taken before the
/// start. A larger result takes the bytes that smaller ones left, or more of the share. If the
/// share is full, the result loses its steps and its timeline.
final class ResultLog implements ResultBuffer {

    private final @Nullable ProbeResult[] results;
    private final HeapShare memory;

    /// Bytes that were taken and are not used by a result; below 0 when details took more.
    private long left;

    /// Bytes taken of the share, for all.
    private long taken;

    /// Written after the result that it covers, read before: it publishes the results.
    private volatile int size;

    /// @param memory of which [#bytesFor] the results have been taken
    ResultLog(long total, HeapShare memory) {
        this.results = new ProbeResult[Math.toIntExact(total)];
        this.memory = memory;
        this.taken = bytesFor(total);
    }

    static long bytesFor(long total) {
        return total * RESULT_BYTES;
    }

    @Override
    public boolean hasRoom(int inFlight) {
        return true;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time: the lock's holder
    public void add(ProbeResult result) {
        results[size] = fitted(result);
        size++;
    }

    private ProbeResult fitted(ProbeResult result) {
        int bytes = Weight.of(result);
        left += RESULT_BYTES;
        long missing = bytes - left;
        if (missing > 0) {
            if (!memory.tryTake(missing)) {
                memory.countDropped(1);
                ProbeResult slim = result.withoutDetails();
                left -= Weight.of(slim);
                return slim;
            }
            taken += missing;
            left += missing;
        }
        left -= bytes;
        return result;
    }

    @Override
    public void release() {
        memory.giveBack(taken);
        taken = 0;
    }

    /// A stretch of the kept results.
    ///
    /// @param from a position that an earlier page gave, or 0
    /// @param limit at least 1
    Page<ProbeResult> page(int from, int limit, Predicate<ProbeResult> wanted) {
        int end = size;
        List<ProbeResult> items = new ArrayList<>();
        for (int at = from; at < end; at++) {
            ProbeResult result = results[at];
            if (result != null && wanted.test(result)) {
                if (items.size() == limit) {
                    return new Page<>(items, Integer.toString(at));
                }
                items.add(result);
            }
        }
        return new Page<>(items, null);
    }
}
