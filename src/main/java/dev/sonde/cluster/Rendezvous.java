package dev.sonde.cluster;

import dev.sonde.probe.spec.ResourceName;
import java.util.List;
import java.util.UUID;

/// Deals partitions out to members (rendezvous or highest random weight hashing, Thaler and
/// Ravishankar 1998): each partition goes to the member whose hash together with it is the
/// greatest. Every replica that knows the same members computes the same answer. A join or a leave
/// moves only the partitions of that member.
final class Rendezvous {

    /// A power of two.
    static final int PARTITIONS = 1_024;

    private Rendezvous() {}

    /// The partition of a probe: the low bits of its key. The high bits decide when the probe runs,
    /// so each moment of an interval is spread over all members.
    static int partitionOf(String probe) {
        return (int) (ResourceName.key(probe) & (PARTITIONS - 1));
    }

    /// For each partition the index of its owner in `members`, of which there is at least one.
    static int[] owners(List<UUID> members) {
        int[] owners = new int[PARTITIONS];
        for (int partition = 0; partition < PARTITIONS; partition++) {
            owners[partition] = owner(members, partition);
        }
        return owners;
    }

    private static int owner(List<UUID> members, int partition) {
        int owner = 0;
        for (int i = 1; i < members.size(); i++) {
            int order =
                    Long.compareUnsigned(
                            weight(members.get(i), partition),
                            weight(members.get(owner), partition));
            // Equal weights are next to impossible, and still both sides have to agree.
            if (order > 0 || (order == 0 && members.get(i).compareTo(members.get(owner)) > 0)) {
                owner = i;
            }
        }
        return owner;
    }

    private static long weight(UUID member, int partition) {
        long seed = member.getMostSignificantBits() ^ mix(member.getLeastSignificantBits());
        return mix(seed + 0x9E3779B97F4A7C15L * (partition + 1));
    }

    /// The finaliser of SplitMix64: every bit of the input changes about half of the output's.
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
