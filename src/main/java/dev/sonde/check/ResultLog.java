package dev.sonde.check;

import dev.sonde.probe.finding.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The kept results of one check, in the order in which they came.
///
/// Appended to under the lock of its [CheckRun]; read by any thread without it, so that a long read
/// holds no event loop up.
final class ResultLog implements ResultBuffer {

    private final @Nullable ProbeResult[] results;

    /// Written after the result that it covers, read before: it publishes the results.
    private volatile int size;

    ResultLog(long total) {
        this.results = new ProbeResult[Math.toIntExact(total)];
    }

    @Override
    public boolean hasRoom(int inFlight) {
        return true;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time: the lock's holder
    public void add(ProbeResult result) {
        results[size] = result;
        size++;
    }

    /// A stretch of those that are there.
    ///
    /// @param from a position that an earlier page gave, or 0
    /// @param limit at least 1
    ResultPage page(int from, int limit, Predicate<ProbeResult> wanted) {
        int end = size;
        List<ProbeResult> items = new ArrayList<>();
        for (int at = from; at < end; at++) {
            ProbeResult result = results[at];
            if (result != null && wanted.test(result)) {
                if (items.size() == limit) {
                    return new ResultPage(items, at);
                }
                items.add(result);
            }
        }
        return new ResultPage(items, null);
    }
}
