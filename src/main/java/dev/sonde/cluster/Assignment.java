package dev.sonde.cluster;

import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The owner of each partition, by one view of the members. Immutable.
final class Assignment {

    /// Before the first view: nobody owns anything.
    static final Assignment NONE = new Assignment(List.of(), new int[0]);

    private final List<UUID> members;

    /// For each partition the index of its owner; empty where there are no members.
    private final int[] owners;

    private Assignment(List<UUID> members, int[] owners) {
        this.members = members;
        this.owners = owners;
    }

    static Assignment of(List<UUID> members) {
        return members.isEmpty()
                ? NONE
                : new Assignment(List.copyOf(members), Rendezvous.owners(members));
    }

    List<UUID> members() {
        return members;
    }

    @Nullable UUID ownerOf(int partition) {
        return members.isEmpty() ? null : members.get(owners[partition]);
    }

    BitSet ownedBy(UUID member) {
        BitSet owned = new BitSet(Rendezvous.PARTITIONS);
        int index = members.indexOf(member);
        for (int partition = 0; index >= 0 && partition < owners.length; partition++) {
            owned.set(partition, owners[partition] == index);
        }
        return owned;
    }
}
