package dev.sonde.schedule;

import dev.sonde.probe.AttemptResult;
import dev.sonde.probe.Outcome;
import dev.sonde.probe.ProbeResult;
import org.jspecify.annotations.Nullable;

/// How long a run took that says something about its target: of the attempt that speaks for it.
///
/// Kept beside the result, because every scrape asks every probe for it, and the way there through
/// a hundred thousand results, scattered over the heap, is most of what that costs.
///
/// @param rttMicros the handshake's round trip, as the kernel took it; negative where it did not
public record LastRun(long tookNanos, long rttMicros) {

    private static final long NOT_TAKEN = -1;

    static @Nullable LastRun of(ProbeResult result) {
        AttemptResult deciding = result.deciding();
        if (deciding.outcome() instanceof Outcome.NotProbed) {
            return null;
        }
        Long rttMicros = deciding.evidence().rttMicros();
        return new LastRun(deciding.tookNanos(), rttMicros == null ? NOT_TAKEN : rttMicros);
    }

    public boolean hasRtt() {
        return rttMicros >= 0;
    }
}
