package dev.sonde.cluster;

import dev.sonde.schedule.plan.Ownership;
import java.time.Duration;
import java.util.BitSet;
import java.util.UUID;
import java.util.function.LongSupplier;

/// The partitions that this replica runs. Read by every event loop; changed under the object's own
/// lock.
///
/// ```
///                  a view with it            stood still, or is leaving
///   OWNS NOTHING ------------------> OWNS ------------------------------> SUSPENDED
///                                     ^  a merge, or patience is over         |
///                                     +---------------------------------------+
/// ```
///
/// The others give up a process that stood still for longer than they wait. They run its probes
/// then. The process runs none of these until it has heard from the others.
final class Partitions implements Ownership {

    private final UUID self;
    private final long standstillNanos;
    private final LongSupplier ticker;

    /// @param own a set that nobody changes any more
    private record Held(Assignment assignment, BitSet own, boolean suspended) {

        boolean owns(int partition) {
            return !suspended && own.get(partition);
        }

        BitSet run() {
            return suspended ? new BitSet() : own;
        }
    }

    /// Replaced under the lock, read by loops and requests.
    private volatile Held held = new Held(Assignment.NONE, new BitSet(), false);

    /// When this process last showed that it does not stand still; written by the beat's thread,
    /// read by loops.
    private volatile long beatNanos;

    Partitions(UUID self, Duration standstill, LongSupplier ticker) {
        this.self = self;
        this.standstillNanos = standstill.toNanos();
        this.ticker = ticker;
        this.beatNanos = ticker.getAsLong();
    }

    @Override
    public int partitionOf(String probe) {
        return Rendezvous.partitionOf(probe);
    }

    @Override
    public boolean owns(int partition) {
        return held.owns(partition);
    }

    @Override
    public boolean mayStart(int partition, long latenessNanos) {
        if (latenessNanos > standstillNanos / 2
                && ticker.getAsLong() - beatNanos > standstillNanos) {
            suspend();
        }
        return owns(partition);
    }

    /// From now on it shows that it does not stand still.
    void begin() {
        beatNanos = ticker.getAsLong();
    }

    /// Shows that this process does not stand still.
    ///
    /// @return whether it did so until now
    boolean beat() {
        long now = ticker.getAsLong();
        boolean stoodStill = now - beatNanos > standstillNanos;
        if (stoodStill) {
            suspend();
        }
        beatNanos = now;
        return stoodStill;
    }

    Assignment assignment() {
        return held.assignment();
    }

    boolean isSuspended() {
        return held.suspended();
    }

    int owned() {
        return held.run().cardinality();
    }

    synchronized void suspend() {
        held = new Held(held.assignment(), held.own(), true);
    }

    /// Runs what is its own again.
    ///
    /// @return the partitions that changed for this replica
    synchronized BitSet resume() {
        return become(new Held(held.assignment(), held.own(), false));
    }

    /// Takes over what a view says.
    ///
    /// @param endsSuspension whether the other side of a standstill has been heard
    /// @return the partitions that changed for this replica
    synchronized BitSet install(Assignment next, boolean endsSuspension) {
        boolean suspended = held.suspended() && !endsSuspension;
        return become(new Held(next, next.ownedBy(self), suspended));
    }

    private BitSet become(Held next) {
        BitSet changed = (BitSet) held.run().clone();
        changed.xor(next.run());
        held = next;
        return changed;
    }
}
