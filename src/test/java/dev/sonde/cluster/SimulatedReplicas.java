package dev.sonde.cluster;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import dev.sonde.cluster.member.MemberMessage;
import dev.sonde.cluster.member.Peer;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.Replica;
import dev.sonde.result.EventInterest;
import dev.sonde.schedule.ReplicaChanges;
import dev.sonde.store.bytes.StoredResultBytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;

/// Replicas without sockets and threads, on the code that decides in production. A message arrives
/// with the next step of time, which is moved by hand.
///
/// Of many replicas only some decide; the others speak like them and are counted.
public final class SimulatedReplicas {

    private static final Duration FAILURE_TIMEOUT = Duration.ofSeconds(5);
    private static final long STEP_MILLIS = 10;
    private static final long BEAT_MILLIS = FAILURE_TIMEOUT.toMillis() / 25;
    private static final int DECIDING = 16;
    private static final int SAMPLED = 997;

    private final Random random = new Random(7);
    private final MemberMessage.Codec codec = new MemberMessage.Codec(new StoredResultBytes());
    private final List<Member> members = new ArrayList<>();
    private final List<UUID> silent = new ArrayList<>();
    private long nowMillis = Duration.ofDays(20_000).toMillis();
    private Assignment earlier = Assignment.NONE;
    private long messages;
    private long bytes;

    /// One replica that decides.
    private final class Member {

        private final UUID id;
        private final Peer peer;
        private final Partitions partitions;
        private final Peers peers = new Peers(this::nanos);
        private final EventRelay relay = new EventRelay();
        private final MemberCore core;
        private boolean isStopped;

        Member(UUID id) {
            this.id = id;
            this.peer = new Peer("sonde-" + id, "https://" + id + ":8080");
            this.partitions = new Partitions(id, FAILURE_TIMEOUT, this::nanos);
            ReplicaChanges mirror = mock(ReplicaChanges.class, withSettings().stubOnly());
            InstantSource instants = SimulatedReplicas.this::now;
            Clock clock = instants.withZone(ZoneOffset.UTC);
            Membership membership =
                    new Membership(
                            new Replica(peer.name(), id),
                            partitions,
                            peers,
                            mirror,
                            new Membership.Time(clock, this::nanos),
                            FAILURE_TIMEOUT);
            Presence presence = new Presence(id, peers, _ -> false, FAILURE_TIMEOUT);
            this.core =
                    new MemberCore(
                            id,
                            new MemberCore.Parts(
                                    partitions, peers, presence, membership, relay, mirror));
        }

        private long nanos() {
            return nowMillis * 1_000_000;
        }

        MemberMessage.Beat beat() {
            partitions.beat();
            return core.beat(peer, now(), EventInterest.NONE);
        }

        boolean runs(int partition) {
            return !isStopped && partitions.mayStart(partition, 0);
        }
    }

    /// What came of one change.
    ///
    /// @param gapMillis the longest time in which a sampled partition was run by nobody
    /// @param doubledMillis the longest time in which one was run by two
    public record Change(long gapMillis, long doubledMillis) {}

    /// Joins so many at once and lets them begin.
    public SimulatedReplicas(int size) {
        for (int i = 0; i < size; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            if (i < DECIDING) {
                members.add(new Member(id));
            } else {
                silent.add(id);
            }
        }
        view();
        pass(Duration.ofSeconds(2));
    }

    private Instant now() {
        return Instant.ofEpochMilli(nowMillis);
    }

    private List<UUID> present() {
        return Stream.concat(
                        members.stream().filter(each -> !each.isStopped).map(each -> each.id),
                        silent.stream())
                .toList();
    }

    /// The assignment that the first one has.
    public Assignment assignment() {
        return members.getFirst().partitions.assignment();
    }

    private void view() {
        earlier = assignment();
        List<UUID> ids = present();
        for (Member member : members) {
            if (!member.isStopped) {
                member.core.view(ids, false);
            }
        }
        members.forEach(this::tellBeat);
    }

    /// Another one comes.
    public Change join() {
        members.add(new Member(new UUID(random.nextLong(), random.nextLong())));
        view();
        return watch(Duration.ofSeconds(3));
    }

    /// One ends with its connections closed, which the others learn from a view.
    public Change kill() {
        stopOne();
        Change unseen = watch(Duration.ofMillis(300));
        view();
        return sum(unseen, watch(Duration.ofSeconds(1)));
    }

    /// One hangs: nobody learns it but by its silence.
    public Change hang() {
        stopOne();
        return watch(FAILURE_TIMEOUT.plusSeconds(2));
    }

    /// One goes and says so.
    public Change leave() {
        Member leaving = members.get(1);
        long ends = (nowMillis + 200) * 1_000_000;
        leaving.partitions.leaveAt(ends);
        Change before = watch(Duration.ofMillis(200));
        for (Member member : members) {
            if (!member.equals(leaving)) {
                member.core.left(leaving.id, leaving.peer, ends);
            }
        }
        return sum(before, watch(Duration.ofSeconds(1)));
    }

    private void stopOne() {
        members.get(1).isStopped = true;
    }

    /// Two spans one after the other; a gap may reach over both.
    private static Change sum(Change one, Change other) {
        return new Change(
                one.gapMillis() + other.gapMillis(),
                Math.max(one.doubledMillis(), other.doubledMillis()));
    }

    /// Lets time pass, and looks at partitions whose owners decide here.
    private Change watch(Duration time) {
        int[] gaps = new int[Rendezvous.PARTITIONS / SAMPLED + 1];
        int[] doubles = new int[gaps.length];
        long longestGap = 0;
        long longestDouble = 0;
        for (long left = time.toMillis(); left > 0; left -= STEP_MILLIS) {
            step();
            for (int i = 0; i < gaps.length; i++) {
                int partition = i * SAMPLED;
                if (silent.contains(assignment().ownerOf(partition))
                        || silent.contains(earlier.ownerOf(partition))) {
                    continue;
                }
                long runners = members.stream().filter(each -> each.runs(partition)).count();
                gaps[i] = runners == 0 ? gaps[i] + 1 : 0;
                doubles[i] = runners > 1 ? doubles[i] + 1 : 0;
                longestGap = Math.max(longestGap, gaps[i] * STEP_MILLIS);
                longestDouble = Math.max(longestDouble, doubles[i] * STEP_MILLIS);
            }
        }
        return new Change(longestGap, longestDouble);
    }

    /// Lets time pass.
    public void pass(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= STEP_MILLIS) {
            step();
        }
    }

    private void step() {
        nowMillis += STEP_MILLIS;
        if (nowMillis % BEAT_MILLIS == 0) {
            members.forEach(this::tellBeat);
            for (UUID id : silent) {
                MemberMessage.Beat beat =
                        new MemberMessage.Beat(
                                new Peer("sonde-" + id, "https://" + id + ":8080"),
                                now(),
                                Instant.EPOCH,
                                EventInterest.NONE);
                deliver(id, beat);
            }
        }
        members.stream().filter(each -> !each.isStopped).forEach(each -> each.core.look());
    }

    private void tellBeat(Member from) {
        if (!from.isStopped) {
            deliver(from.id, from.beat());
        }
    }

    private void deliver(UUID from, MemberMessage.Beat beat) {
        int length = codec.write(beat).length;
        for (Member to : members) {
            if (!to.id.equals(from) && !to.isStopped) {
                messages++;
                bytes += length;
                to.peers.heard(from, beat);
            }
        }
    }

    /// Messages and bytes that each member gets in a second.
    ///
    /// @param changesPerSecond transitions of all probes together
    public double[] trafficPerSecond(double changesPerSecond) {
        int seconds = 2;
        messages = 0;
        bytes = 0;
        pass(Duration.ofSeconds(seconds));
        double beats = (double) messages / members.size() / seconds;
        double beatBytes = (double) bytes / members.size() / seconds;
        int size = members.size() + silent.size();
        double fromEach = changesPerSecond / size;
        // The sender collects for 50 ms.
        double batches = Math.min(20, fromEach) * (size - 1);
        double changes = changesPerSecond - fromEach;
        return new double[] {beats + batches, beatBytes + changes * changeBytes() + batches};
    }

    /// Bytes of one transition on its way through the relay.
    private int changeBytes() {
        EventRelay relay = members.getFirst().relay;
        relay.accept(
                new Transition(
                        "payments-database-eu-west-1",
                        ProbeState.UP,
                        ProbeState.DOWN,
                        now(),
                        new Transition.Cause(UUID.randomUUID(), "timed_out", null)));
        return codec.write(new MemberMessage.Events(relay.take(1))).length;
    }

    /// The greatest share of a member beside the mean.
    ///
    /// @param probes of each partition
    public double imbalance(int[] probes) {
        Assignment dealt = assignment();
        long[] shares = new long[dealt.members().size()];
        long all = 0;
        for (int partition = 0; partition < probes.length; partition++) {
            shares[dealt.ownerIndex(partition)] += probes[partition];
            all += probes[partition];
        }
        long greatest = 0;
        for (long share : shares) {
            greatest = Math.max(greatest, share);
        }
        return (double) greatest * shares.length / all - 1;
    }

    /// Probes of each partition, of so many that are called `probe-0` and so on.
    public static int[] probes(int number) {
        int[] probes = new int[Rendezvous.PARTITIONS];
        for (int i = 0; i < number; i++) {
            probes[Rendezvous.partitionOf("probe-" + i)]++;
        }
        return probes;
    }

    /// The share of all partitions that have another owner than before, beside the least possible.
    public double moves(Assignment before) {
        Assignment after = assignment();
        int moved = 0;
        for (int partition = 0; partition < Rendezvous.PARTITIONS; partition++) {
            if (!Objects.requireNonNull(before.ownerOf(partition))
                    .equals(after.ownerOf(partition))) {
                moved++;
            }
        }
        boolean isJoin = after.members().size() > before.members().size();
        int size = isJoin ? after.members().size() : before.members().size();
        return (double) moved * size / Rendezvous.PARTITIONS;
    }
}
