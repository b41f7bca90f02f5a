package dev.sonde.cluster;

import dev.sonde.schedule.plan.Ownership;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The partitions that this replica runs. Read by every event loop; changed under the object's own
/// lock.
///
/// ```
///             a view that gives it                 the time to begin
///   NOT OURS ----------------------> AWAITED ---------------------------> RUN
///      ^                                ^                                  |
///      |   the new owner has begun,     | stood still, or is leaving       | a view that gives it
///      |   or two seconds have passed   +----------------------------------+ to a newcomer
///      +------------------------------- LENT <-----------------------------+
/// ```
///
/// This replica runs a partition of a lost owner at once. The others give up a process that stood
/// still for longer than they wait. Until it has heard from them, it does not run the probes that
/// they run by now.
public final class Partitions implements Ownership {

    /// The longest time for which one runs a partition for an owner that has not begun. It counts
    /// from the owner's coming or its latest sign of life.
    static final Duration LOAN = Duration.ofSeconds(2);

    /// For so long after the end of a loan, runs that were due before it may start.
    static final Duration LATENESS = Duration.ofMillis(200);

    private final UUID self;
    private final long standstillNanos;
    private final LongSupplier ticker;

    /// Sets that nobody changes any more.
    ///
    /// @param own ours by the assignment
    /// @param run the part of it that we run
    /// @param lent run by us until their owners begin
    private record Held(
            Assignment assignment,
            BitSet own,
            BitSet run,
            BitSet lent,
            boolean suspended,
            Map<UUID, Long> ends) {

        boolean owns(int partition) {
            return !suspended && (run.get(partition) || lent.get(partition));
        }

        BitSet running() {
            BitSet all = new BitSet();
            if (!suspended) {
                all.or(run);
                all.or(lent);
            }
            return all;
        }

        /// Whether its new owner runs what is due then.
        boolean isOver(int partition, long dueNanos) {
            UUID owner = lent.get(partition) ? assignment.ownerOf(partition) : null;
            Long end = owner == null ? null : ends.get(owner);
            return end != null && dueNanos - end >= 0;
        }
    }

    /// Replaced under the lock, read by loops and requests.
    private volatile Held held =
            new Held(Assignment.NONE, new BitSet(), new BitSet(), new BitSet(), false, Map.of());

    /// When this process last showed that it does not stand still; written by the beat's thread,
    /// read by loops.
    private volatile long beatNanos;

    /// From when on nothing is run, because this process leaves. Written by the thread that stops
    /// it, read by loops.
    private volatile @Nullable Long leavesNanos;

    public Partitions(UUID self, Duration standstill, LongSupplier ticker) {
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

    /// Also what is ours and has not begun, and what is ours while this replica rests.
    @Override
    public boolean holds(int partition) {
        Held at = held;
        return at.own().get(partition) || at.run().get(partition) || at.lent().get(partition);
    }

    @Override
    public boolean mayStart(int partition, long latenessNanos) {
        long now = ticker.getAsLong();
        if (now - beatNanos > standstillNanos) {
            // The others may have taken over whatever is due, however late it is here. The beat
            // decides whether this process stood still, because it ends the rest as well.
            return false;
        }
        Held at = held;
        Long leaves = leavesNanos;
        long dueNanos = now - latenessNanos;
        return at.owns(partition)
                && !at.isOver(partition, dueNanos)
                && (leaves == null || dueNanos - leaves < 0);
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

    public Assignment assignment() {
        return held.assignment();
    }

    public boolean isSuspended() {
        return held.suspended();
    }

    /// Whether some of what is ours has not begun.
    boolean isAwaited() {
        Held at = held;
        return !at.suspended() && !at.own().equals(at.run());
    }

    /// The partitions that this replica runs now.
    public int owned() {
        return held.running().cardinality();
    }

    /// Runs nothing from now on.
    synchronized void suspend() {
        Held at = held;
        held = new Held(at.assignment(), at.own(), new BitSet(), new BitSet(), true, Map.of());
    }

    /// Starts nothing that is due from then on.
    void leaveAt(long nanos) {
        leavesNanos = nanos;
    }

    /// Runs all that is ours.
    ///
    /// @return the partitions that changed for this replica
    synchronized BitSet beginAll() {
        Held at = held;
        return become(new Held(at.assignment(), at.own(), at.own(), at.lent(), false, at.ends()));
    }

    /// Awaits all that is ours again.
    synchronized void wake() {
        Held at = held;
        held = new Held(at.assignment(), at.own(), at.run(), at.lent(), false, at.ends());
    }

    /// The owners for which we run something.
    Set<UUID> lentTo() {
        return held.ends().keySet();
    }

    /// The owner begins then; it is not later than the end of the loan.
    synchronized void endLoan(UUID owner, long nanos) {
        Long end = held.ends().get(owner);
        if (end != null && nanos - end < 0) {
            setEnd(owner, nanos);
        }
    }

    /// The owner has not begun, and lives: the loan goes on.
    ///
    /// @param silentNanos since its latest sign of life
    synchronized void keepLoan(UUID owner, long silentNanos) {
        Long end = held.ends().get(owner);
        long kept = ticker.getAsLong() - silentNanos + LOAN.toNanos();
        if (end != null && kept - end > 0) {
            setEnd(owner, kept);
        }
    }

    private void setEnd(UUID owner, long nanos) {
        Held at = held;
        Map<UUID, Long> ends = new HashMap<>(at.ends());
        ends.put(owner, nanos);
        held =
                new Held(
                        at.assignment(),
                        at.own(),
                        at.run(),
                        at.lent(),
                        at.suspended(),
                        Map.copyOf(ends));
    }

    /// Whether [#release] lets go of something.
    boolean isLoanOver() {
        long now = ticker.getAsLong();
        return held.ends().values().stream().anyMatch(end -> isReleased(end, now));
    }

    private static boolean isReleased(long end, long now) {
        return now - end >= LATENESS.toNanos();
    }

    /// Lets go of all loans that ended a while ago. No run that is due after their end starts until
    /// then.
    ///
    /// @return the partitions that changed for this replica
    synchronized BitSet release() {
        Held at = held;
        long now = ticker.getAsLong();
        Map<UUID, Long> ends = new HashMap<>(at.ends());
        if (!ends.values().removeIf(end -> isReleased(end, now))) {
            return new BitSet();
        }
        BitSet lent = new BitSet();
        at.lent().stream()
                .filter(partition -> ends.containsKey(at.assignment().ownerOf(partition)))
                .forEach(lent::set);
        return become(
                new Held(
                        at.assignment(),
                        at.own(),
                        at.run(),
                        lent,
                        at.suspended(),
                        Map.copyOf(ends)));
    }

    /// Takes over what a view says.
    ///
    /// @param endsSuspension whether the other side of a standstill has been heard
    /// @return the partitions that changed for this replica
    synchronized BitSet install(Assignment next, boolean endsSuspension) {
        Held at = held;
        boolean suspended = at.suspended() && !endsSuspension;
        BitSet own = next.ownedBy(self);
        BitSet run = new BitSet();
        BitSet lent = new BitSet();
        if (!suspended) {
            own.stream().filter(partition -> isRunAtOnce(partition, next)).forEach(run::set);
            at.running().stream().filter(partition -> isLent(partition, next)).forEach(lent::set);
        }
        return become(new Held(next, own, run, lent, suspended, ends(lent, next)));
    }

    /// Whether we run it already, or nobody does.
    private boolean isRunAtOnce(int partition, Assignment next) {
        Held at = held;
        UUID earlier = at.assignment().ownerOf(partition);
        boolean isOrphaned = earlier == null ? next.members().size() == 1 : isGone(earlier, next);
        return at.owns(partition) || isOrphaned;
    }

    private boolean isGone(UUID member, Assignment next) {
        return !member.equals(self) && !next.members().contains(member);
    }

    /// Whether its owner has just come, or has not begun yet.
    private boolean isLent(int partition, Assignment next) {
        UUID owner = next.ownerOf(partition);
        if (owner == null || owner.equals(self)) {
            return false;
        }
        return !held.assignment().members().contains(owner) || held.ends().containsKey(owner);
    }

    /// A loan that goes on keeps its end.
    private Map<UUID, Long> ends(BitSet lent, Assignment next) {
        long end = ticker.getAsLong() + LOAN.toNanos();
        Map<UUID, Long> ends = new HashMap<>();
        lent.stream()
                .mapToObj(next::ownerOf)
                .distinct()
                .forEach(owner -> ends.put(owner, held.ends().getOrDefault(owner, end)));
        return Map.copyOf(ends);
    }

    private BitSet become(Held next) {
        BitSet changed = held.running();
        changed.xor(next.running());
        held = next;
        return changed;
    }
}
