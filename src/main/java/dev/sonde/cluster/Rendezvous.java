package dev.sonde.cluster;

import dev.sonde.probe.spec.ResourceName;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Assigns partitions to members (rendezvous or highest random weight hashing, Thaler and
/// Ravishankar 1998): each partition goes to the member whose hash together with it is the
/// greatest. Every replica that knows the same members computes the same answer. A join or a leave
/// moves only the partitions of that member.
///
/// A share varies by the square root of members by partitions. A million partitions keep the shares
/// of 200 members within 5 %.
final class Rendezvous {

    /// The number of partitions, a power of two.
    static final int PARTITIONS = 1 << 20;

    /// A partition without an owner, in the answer of an empty assignment.
    private static final int NOBODY = -1;

    private Rendezvous() {}

    /// The partition of a probe: the low bits of its key. The high bits decide when the probe runs,
    /// so each moment of an interval is spread over all members.
    static int partitionOf(String probe) {
        return (int) (ResourceName.key(probe) & (PARTITIONS - 1));
    }

    /// For each partition the index of its owner in `members`, from one to 32,767 of them. Only the
    /// difference from an earlier assignment is computed.
    static short[] owners(List<UUID> members, Assignment before) {
        Deal deal = new Deal(members, before);
        short[] owners = new short[PARTITIONS];
        for (int partition = 0; partition < PARTITIONS; partition++) {
            owners[partition] = deal.owner(partition);
        }
        return owners;
    }

    /// One assignment of all partitions.
    private static final class Deal {

        private final List<UUID> members;
        private final long[] seeds;

        /// The present index of each earlier member; [#NOBODY] for one that has gone.
        private final short[] stayed;

        /// Indices of members that were not there before.
        private final short[] added;

        private final short[] all;
        private final Assignment before;

        Deal(List<UUID> members, Assignment before) {
            this.members = members;
            this.before = before;
            this.seeds = members.stream().mapToLong(Deal::seed).toArray();
            this.stayed = new short[before.members().size()];
            for (int i = 0; i < stayed.length; i++) {
                stayed[i] = (short) members.indexOf(before.members().get(i));
            }
            List<Short> fresh = new ArrayList<>();
            this.all = new short[members.size()];
            for (short i = 0; i < all.length; i++) {
                all[i] = i;
                if (!before.members().contains(members.get(i))) {
                    fresh.add(i);
                }
            }
            this.added = new short[fresh.size()];
            for (int i = 0; i < added.length; i++) {
                added[i] = fresh.get(i);
            }
        }

        short owner(int partition) {
            int earlier = before.ownerIndex(partition);
            short kept = earlier == NOBODY ? NOBODY : stayed[earlier];
            return kept == NOBODY
                    ? greatest(partition, all[0], all)
                    : greatest(partition, kept, added);
        }

        private short greatest(int partition, short first, short[] others) {
            short owner = first;
            long greatest = weight(first, partition);
            for (short other : others) {
                long weight = weight(other, partition);
                int order = Long.compareUnsigned(weight, greatest);
                // Equal weights are next to impossible, and still both sides have to agree.
                if (order > 0
                        || (order == 0 && members.get(other).compareTo(members.get(owner)) > 0)) {
                    owner = other;
                    greatest = weight;
                }
            }
            return owner;
        }

        private long weight(short member, int partition) {
            return mix(seeds[member] + 0x9E3779B97F4A7C15L * (partition + 1));
        }

        private static long seed(UUID member) {
            return member.getMostSignificantBits() ^ mix(member.getLeastSignificantBits());
        }
    }

    /// The finaliser of SplitMix64: every bit of the input changes about half of the output's.
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
