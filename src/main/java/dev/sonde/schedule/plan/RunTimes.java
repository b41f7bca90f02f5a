package dev.sonde.schedule.plan;

import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.Ticker;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ResourceName;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// When runs are due, on one loop's ticker. Safe for any thread.
///
/// A probe's runs are planned at `anchor + n * interval`. The anchor is the probe's own place in
/// the interval, counted from the epoch. It is therefore the same after a restart and on every
/// replica. After that only the ticker counts, so a step of the wall clock has no effect.
///
/// An interval has 32,768 places, which many probes share. A wakeup for a single run costs a loop
/// more than the run.
record RunTimes(Ticker ticker, Clock clock) {

    /// Runs that another owner may have missed start within this time, or half of their
    /// interval.
    private static final long TAKE_OVER_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /// The bits of a probe's key that choose its place: the first fifteen.
    private static final long PLACE_BITS = -1L << 49;

    /// The next time that is due from now on.
    long nextNanos(ProbeDefinition definition) {
        long intervalNanos = definition.spec().interval().toNanos();
        long place = ResourceName.key(definition.name()) & PLACE_BITS;
        long phaseNanos = Math.unsignedMultiplyHigh(place, intervalNanos);
        ClockReading now = ClockReading.of(ticker::read, clock);
        return now.tickerNanos() + Math.floorMod(phaseNanos - now.epochNanos(), intervalNanos);
    }

    /// A random time soon. Runs that another owner missed are therefore not all made up for at
    /// once.
    long soonNanos(ProbeDefinition definition) {
        long intervalNanos = definition.spec().interval().toNanos();
        long within = Math.min(TAKE_OVER_NANOS, intervalNanos / 2);
        return ticker.read() + ThreadLocalRandom.current().nextLong(within);
    }

    /// Whether the run before this planned one was due in the last so many nanoseconds.
    boolean isMissed(ProbeDefinition definition, Deadline planned, long orphanedNanos) {
        long beforeNanos = planned.atNanos() - definition.spec().interval().toNanos();
        return ticker.read() - beforeNanos < orphanedNanos;
    }

    long latenessNanos(Deadline due) {
        return ticker.read() - due.atNanos();
    }

    Instant instantOf(Deadline deadline) {
        return ClockReading.of(ticker::read, clock).instantAt(deadline.atNanos());
    }
}
