package dev.sonde.cluster;

import dev.sonde.cluster.member.Peer;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.schedule.Handover;
import dev.sonde.schedule.ReplicaChanges;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// Assigns probes to members by each view. The cluster's thread calls its changing methods; the
/// others are safe for any thread.
final class Membership implements Replicas {

    private static final Logger log = LoggerFactory.getLogger(Membership.class);

    /// Clocks of replicas may differ by as much without a state being overlooked.
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(1);

    private final Replica self;
    private final Partitions partitions;
    private final Peers peers;
    private final ReplicaChanges mirror;
    private final Clock clock;
    private final Duration failureTimeout;
    private final AtomicLong takeovers = new AtomicLong();

    Membership(
            Replica self,
            Partitions partitions,
            Peers peers,
            ReplicaChanges mirror,
            Clock clock,
            Duration failureTimeout) {
        this.self = self;
        this.partitions = partitions;
        this.peers = peers;
        this.mirror = mirror;
        this.clock = clock;
        this.failureTimeout = failureTimeout;
    }

    /// A new view.
    ///
    /// @param isMerge whether members come together that were apart
    void install(List<UUID> members, boolean isMerge) {
        Assignment before = partitions.assignment();
        Assignment after = Assignment.of(members);
        BitSet changed = partitions.install(after, isMerge);
        Map<UUID, Long> silentNanos = silenceOfTheLost(before, after);
        mirror.handOver(
                new Handover(
                        changed,
                        partition -> silentNanos.getOrDefault(before.ownerOf(partition), 0L)));
        if (!members.containsAll(before.members()) && !changed.isEmpty()) {
            takeovers.incrementAndGet();
        }
        log.atInfo()
                .addKeyValue("members", members.stream().map(this::nameOf).toList())
                .addKeyValue("partitions", partitions.owned())
                .addKeyValue("merged", isMerge)
                .log("replicas");
        peers.retain(members);
        readStates(isMerge || !changed.isEmpty());
    }

    /// Taken at once: the loops ask later, when the lost are forgotten.
    private Map<UUID, Long> silenceOfTheLost(Assignment before, Assignment after) {
        Map<UUID, Long> silentNanos = new HashMap<>();
        for (UUID member : before.members()) {
            if (!after.members().contains(member)) {
                silentNanos.put(member, peers.silentNanos(member, failureTimeout.toNanos()));
            }
        }
        return silentNanos;
    }

    /// This process stood still, or is about to leave: plans nothing more.
    void rest() {
        BitSet all = new BitSet();
        all.set(0, Rendezvous.PARTITIONS);
        partitions.suspend();
        mirror.handOver(new Handover(all, _ -> 0));
    }

    /// This replica runs its own probes again.
    void resume() {
        mirror.handOver(new Handover(partitions.resume(), _ -> 0));
        readStates(true);
    }

    /// The latest decision of the others, from the database. Without a database, their messages
    /// decide.
    private void readStates(boolean ownToo) {
        try {
            mirror.readStates(
                    clock.instant().minus(CLOCK_SKEW).minus(failureTimeout.multipliedBy(2)),
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
