package dev.sonde.cluster;

import dev.sonde.cluster.member.ClusterProperties;
import dev.sonde.cluster.member.Peer;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.schedule.Handover;
import dev.sonde.schedule.ReplicaChanges;
import dev.sonde.schedule.plan.ClockReading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Assigns probes to the present members. The cluster's thread of views calls its changing methods;
/// the others are safe for any thread.
///
/// A newcomer names the instant at which it begins. Until then the earlier owners go on. Each place
/// of a probe in its interval belongs to one side of that instant.
public final class Membership implements Replicas {

    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    /// Clocks of replicas may differ by as much without a state being overlooked.
    static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    /// Time for the others to learn when this replica begins.
    static final Duration NOTICE = Duration.ofMillis(500);

    /// The longest wait for the others to see this replica. With the notice it ends before their
    /// loan does.
    static final Duration UNSEEN = Duration.ofMillis(1_400);

    private final Replica self;
    private final Partitions partitions;
    private final Peers peers;
    private final ReplicaChanges mirror;
    private final Time time;
    private final Duration failureTimeout;
    private final AtomicLong takeovers = new AtomicLong();

    /// Signs of life that a replica without enough CPU may be late, of 25 in the failure timeout.
    static final int LATE_BEATS = 3;

    /// Written by the thread of views, read by the thread of beats. Absent while this replica has
    /// not named an instant.
    private volatile @Nullable Instant begins;

    /// Since when it waits to be seen; owned by the thread of views.
    private @Nullable Long unseenNanos;

    /// The clocks of this process.
    ///
    /// @param ticker nanoseconds
    public record Time(Clock clock, LongSupplier ticker) {

        /// The ticker's value at an instant.
        long nanosAt(Instant instant) {
            return ClockReading.of(ticker, clock).nanosAt(instant);
        }
    }

    public Membership(
            Replica self,
            Partitions partitions,
            Peers peers,
            ReplicaChanges mirror,
            Time time,
            Duration failureTimeout) {
        this.self = self;
        this.partitions = partitions;
        this.peers = peers;
        this.mirror = mirror;
        this.time = time;
        this.failureTimeout = failureTimeout;
    }

    /// Other members count.
    ///
    /// @param isMerge whether members come together that were apart
    public void install(List<UUID> members, boolean isMerge) {
        Assignment before = partitions.assignment();
        Assignment after = before.with(members);
        Map<UUID, Long> lostNanos = lost(before, after);
        BitSet changed = partitions.install(after, isMerge);
        mirror.handOver(new Handover(changed, partition -> orphaned(before, partition, lostNanos)));
        if (!members.containsAll(before.members()) && !changed.isEmpty()) {
            takeovers.incrementAndGet();
        }
        log.atInfo()
                .addKeyValue("members", members.stream().map(this::nameOf).toList())
                .addKeyValue("partitions", partitions.owned())
                .addKeyValue("merged", isMerge)
                .log("replicas");
        readStates(isMerge || !changed.isEmpty());
        // The others are notified at once, so nothing that takes time may follow.
        nameBegin();
    }

    /// Since when each lost member has run nothing that is known, on the ticker.
    private Map<UUID, Long> lost(Assignment before, Assignment after) {
        Map<UUID, Long> since = new HashMap<>();
        long now = time.ticker().getAsLong();
        for (UUID member : before.members()) {
            if (!after.members().contains(member)) {
                since.put(member, now - orphanedNanos(member));
            }
        }
        return since;
    }

    /// A silent member may have run until its next sign of life, which may have been late. Its
    /// results of that time come when it goes on, so nobody makes up for these runs. A member whose
    /// connection was closed is dead, with the results that it had not written.
    private long orphanedNanos(UUID member) {
        long silentNanos = peers.silentNanos(member, failureTimeout.toNanos());
        boolean isSilent = silentNanos >= failureTimeout.toNanos() / 2;
        long beatNanos = ClusterProperties.beatEvery(failureTimeout).toNanos();
        return isSilent ? silentNanos - LATE_BEATS * beatNanos : silentNanos;
    }

    /// The loops ask a little later, and what was due in between is missing as well.
    private long orphaned(Assignment before, int partition, Map<UUID, Long> lostNanos) {
        UUID owner = before.ownerOf(partition);
        Long since = owner == null ? null : lostNanos.get(owner);
        return since == null ? 0 : time.ticker().getAsLong() - since;
    }

    /// Names the instant at which this replica begins with what others run for it; at once where
    /// nobody does.
    private void nameBegin() {
        Instant now = time.clock().instant();
        boolean isAwaited = partitions.isAwaited();
        if (begins == null && !partitions.isSuspended() && (!isAwaited || isSeen())) {
            begins = isAwaited && !others().isEmpty() ? now.plus(NOTICE) : now;
            unseenNanos = null;
        }
        if (isAwaited && others().isEmpty()) {
            begin();
        }
    }

    /// Whether every other member has sent this one something. One with an earlier view does not,
    /// and would not hear when this one begins.
    private boolean isSeen() {
        long now = time.ticker().getAsLong();
        Long since = unseenNanos == null ? Long.valueOf(now) : unseenNanos;
        unseenNanos = since;
        return now - since >= UNSEEN.toNanos() || others().stream().allMatch(peers::isHeard);
    }

    /// Whether it has not named the instant at which it begins with what is its own.
    boolean isUnnamed() {
        return begins == null && partitions.isAwaited();
    }

    /// Begins on time, and lets go of partitions that others have begun.
    public void pass() {
        if (isUnnamed()) {
            nameBegin();
        }
        for (UUID owner : partitions.lentTo()) {
            Instant ownersBegin = peers.beginsOf(owner);
            if (ownersBegin == null) {
                partitions.keepLoan(owner, peers.silentNanos(owner, Partitions.LOAN.toNanos()));
            } else {
                partitions.endLoan(owner, time.nanosAt(ownersBegin));
            }
        }
        if (partitions.isLoanOver()) {
            mirror.awaitLoops();
        }
        BitSet released = partitions.release();
        if (!released.isEmpty()) {
            mirror.handOver(new Handover(released, _ -> 0));
        }
        Instant due = begins;
        if (due != null && partitions.isAwaited() && !time.clock().instant().isBefore(due)) {
            begin();
        }
    }

    private void begin() {
        long sinceNanos = time.nanosAt(Objects.requireNonNull(begins));
        BitSet changed = partitions.beginAll();
        mirror.handOver(
                new Handover(changed, _ -> Math.max(0, time.ticker().getAsLong() - sinceNanos)));
        readStates(true);
    }

    /// When this replica begins, or began, with what is its own; absent while it cannot know.
    public @Nullable Instant begins() {
        return partitions.isSuspended() ? null : begins;
    }

    /// How long until [#pass] has something to do, in milliseconds; absent where it has not.
    Optional<Long> untilBegin() {
        Instant due = begins;
        return due == null || !partitions.isAwaited()
                ? Optional.empty()
                : Optional.of(
                        Math.max(0, Duration.between(time.clock().instant(), due).toMillis()));
    }

    /// This process stood still, or is about to leave: plans nothing more.
    public void rest() {
        BitSet all = new BitSet();
        all.set(0, Rendezvous.PARTITIONS);
        partitions.suspend();
        begins = null;
        mirror.handOver(new Handover(all, _ -> 0));
    }

    /// The others count it again: it runs what is its own, after notice.
    public void wake() {
        partitions.wake();
        nameBegin();
    }

    /// It runs what is its own again, whatever the others do.
    public void resume() {
        begins = time.clock().instant();
        partitions.wake();
        begin();
    }

    /// The latest decision of the others, from the database. Without a database, their messages
    /// decide.
    private void readStates(boolean ownToo) {
        try {
            mirror.readStates(
                    time.clock().instant().minus(CLOCK_SKEW).minus(failureTimeout.multipliedBy(2)),
                    ownToo);
        } catch (DataAccessException e) {
            log.atDebug().setCause(e).log("states cannot be read");
        }
    }

    @Override
    public String ownerOf(String probe) {
        UUID owner = partitions.assignment().ownerOf(Rendezvous.partitionOf(probe));
        return owner == null ? self.name() : nameOf(owner);
    }

    @Override
    public Optional<Peer> makerOf(UUID id) {
        return others().stream()
                .filter(member -> Replica.tagOf(member) == Replica.tagOf(id))
                .findFirst()
                .map(peers::of);
    }

    @Override
    public Optional<Peer> named(String name) {
        return others().stream()
                .map(peers::of)
                .filter(peer -> peer.name().equals(name))
                .findFirst();
    }

    @Override
    public Optional<ClusterStatus> status() {
        List<String> names = partitions.assignment().members().stream().map(this::nameOf).toList();
        return Optional.of(new ClusterStatus(names, partitions.owned(), takeovers.get()));
    }

    /// The names of all members; empty before the first view.
    Set<String> names() {
        return partitions.assignment().members().stream()
                .map(this::nameOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<UUID> others() {
        return partitions.assignment().members().stream()
                .filter(member -> !Objects.equals(member, self.member()))
                .toList();
    }

    @Override
    public String nameOf(UUID member) {
        return member.equals(self.member()) ? self.name() : peers.of(member).name();
    }
}
