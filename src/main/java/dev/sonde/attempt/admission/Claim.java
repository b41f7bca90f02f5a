package dev.sonde.attempt.admission;

import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ProbeSettings;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The claim of an attempt on the engine: its share, its heap, and its longest wait for a slot.
///
/// @param bytes of heap while it holds a slot, about: the greatest seen
public record Claim(Share share, int bytes, long longestWaitNanos) {

    /// A connect and what its result keeps.
    private static final int CONNECT_BYTES = 6 * 1_024;

    /// An engine of the JDK's TLS, its session, and the buffers of either direction.
    private static final int TLS_BYTES = 96 * 1_024;

    /// Heap of a dialogue for the peer's answer and the search over it.
    private static final int DIALOGUE_BYTES = 24 * 1_024;

    /// Checks wait for their share as long as it takes; their callers can cancel them.
    private static final long OF_CHECKS_NANOS = TimeUnit.DAYS.toNanos(1);

    /// The claim that was made last, because the next one is mostly equal. Threads may overwrite
    /// each other's: it is immutable.
    private static @Nullable Claim latest;

    /// The claim of a probe's own attempts.
    public static Claim of(Share share, ProbeSettings settings, long queueTimeoutNanos) {
        int bytes = CONNECT_BYTES;
        if (settings.has(Phase.TLS) || settings.startsTlsInDialogue()) {
            bytes += TLS_BYTES;
        }
        if (settings.has(Phase.DIALOGUE)) {
            bytes += DIALOGUE_BYTES;
        }
        long waitNanos = share instanceof Share.OfCaller ? OF_CHECKS_NANOS : queueTimeoutNanos;
        Claim known = latest;
        if (known == null || !known.isOf(share, bytes, waitNanos)) {
            known = new Claim(share, bytes, waitNanos);
            latest = known;
        }
        return known;
    }

    private boolean isOf(Share other, int otherBytes, long waitNanos) {
        return share.equals(other) && bytes == otherBytes && longestWaitNanos == waitNanos;
    }

    /// The claim of a second, plain connect beside an attempt that holds a slot. Its wait is
    /// bounded, because two attempts could wait for each other's slot.
    public Claim beside(long queueTimeoutNanos) {
        return new Claim(share, CONNECT_BYTES, queueTimeoutNanos);
    }
}
