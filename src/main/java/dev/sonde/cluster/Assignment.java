package dev.sonde.cluster;

import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The owner of each partition, by one view of the members. Immutable.
public final class Assignment {

    /// Before the first view: nobody owns anything.
    public static final Assignment NONE = new Assignment(List.of(), new short[0]);

    private final List<UUID> members;

    /// For each partition the index of its owner; empty where there are no members.
    private final short[] owners;

    private Assignment(List<UUID> members, short[] owners) {
        this.members = members;
        this.owners = owners;
    }

    static Assignment of(List<UUID> members) {
        return NONE.with(members);
    }

    /// The assignment of other members, the same as one computed from nothing. It takes less time
    /// the fewer members have come or gone.
    public Assignment with(List<UUID> next) {
        return next.isEmpty()
                ? NONE
                : new Assignment(List.copyOf(next), Rendezvous.owners(next, this));
    }

    public List<UUID> members() {
        return members;
    }

    /// The index of a partition's owner among the members; -1 where nobody owns it.
    int ownerIndex(int partition) {
        return owners.length == 0 ? -1 : owners[partition];
    }

    public @Nullable UUID ownerOf(int partition) {
        return members.isEmpty() ? null : members.get(owners[partition]);
    }

    public BitSet ownedBy(UUID member) {
        BitSet owned = new BitSet(Rendezvous.PARTITIONS);
        int index = members.indexOf(member);
        for (int partition = 0; index >= 0 && partition < owners.length; partition++) {
            if (owners[partition] == index) {
                owned.set(partition);
            }
        }
        return owned;
    }
}
