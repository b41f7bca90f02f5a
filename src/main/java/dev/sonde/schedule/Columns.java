package dev.sonde.schedule;

import dev.sonde.probe.FailureReason;
import dev.sonde.probe.ProbeState;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// What every scrape asks of every probe, side by side, with a place for each of some probes: the
/// way there through a hundred thousand objects, scattered over the heap, would be most of its
/// cost. The probe's loop writes, anybody reads.
///
/// A place is one probe's for ever, so nobody who comes late reads another's. These columns go when
/// the last of their probes has gone.
final class Columns {

    static final int PLACES = 256;

    private final AtomicReferenceArray<ProbeState> states = new AtomicReferenceArray<>(PLACES);
    private final AtomicLongArray tookNanos = new AtomicLongArray(PLACES);
    private final AtomicLongArray rttMicros = new AtomicLongArray(PLACES);
    private final AtomicReferenceArray<@Nullable FailureCounts> failures =
            new AtomicReferenceArray<>(PLACES);

    void enter(int place, ProbeState state) {
        states.setRelease(place, state);
    }

    /// Either may be [Roll#UNKNOWN].
    void measured(int place, long newTookNanos, long newRttMicros) {
        tookNanos.setRelease(place, newTookNanos);
        rttMicros.setRelease(place, newRttMicros);
    }

    void failed(int place, FailureReason reason) {
        failures.setRelease(place, FailureCounts.plus(failures.getPlain(place), reason));
    }

    /// There before the probe is.
    ProbeState state(int place) {
        return states.getAcquire(place);
    }

    long tookNanos(int place) {
        return tookNanos.getAcquire(place);
    }

    long rttMicros(int place) {
        return rttMicros.getAcquire(place);
    }

    @Nullable FailureCounts failures(int place) {
        return failures.getAcquire(place);
    }
}
