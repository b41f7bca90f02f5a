package dev.sonde.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Properties of the dealing, over many random memberships; the seeds are fixed, so that what fails
/// fails again.
class RendezvousTest {

    private static final int TRIALS = 3;

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10})
    void sharesAreEvenWhenThereAreManyPartitions(int size) {
        Random random = new Random(size);
        for (int trial = 0; trial < TRIALS; trial++) {
            List<UUID> members = members(size, random);
            double fair = (double) Rendezvous.PARTITIONS / size;
            // Five standard deviations of a fair deal.
            double spread = 5 * Math.sqrt(fair * (1 - 1.0 / size));
            Assignment dealt = Assignment.of(members);
            for (UUID member : members) {
                assertThat((double) dealt.ownedBy(member).cardinality())
                        .isBetween(fair - spread, fair + spread);
            }
        }
    }

    @Test
    void onlyTheLostMembersPartitionsMoveWhenItGoes() {
        Random random = new Random(1);
        for (int trial = 0; trial < TRIALS; trial++) {
            List<UUID> members = members(2 + random.nextInt(8), random);
            UUID gone = members.get(random.nextInt(members.size()));
            Assignment before = Assignment.of(members);
            Assignment after =
                    Assignment.of(members.stream().filter(m -> !m.equals(gone)).toList());
            assertThat(moved(before, after)).isEqualTo(before.ownedBy(gone));
        }
    }

    @Test
    void partitionsMoveOnlyToTheNewMemberWhenOneComes() {
        Random random = new Random(2);
        for (int trial = 0; trial < TRIALS; trial++) {
            List<UUID> members = members(1 + random.nextInt(8), random);
            UUID comes = uuid(random);
            List<UUID> more = new ArrayList<>(members);
            more.add(random.nextInt(more.size() + 1), comes);
            Assignment after = Assignment.of(more);
            assertThat(moved(Assignment.of(members), after)).isEqualTo(after.ownedBy(comes));
        }
    }

    @Test
    void ownersAreTheSameWhateverTheOrderOfTheMembers() {
        Random random = new Random(3);
        for (int trial = 0; trial < TRIALS; trial++) {
            List<UUID> members = members(6, random);
            List<UUID> shuffled = new ArrayList<>(members);
            Collections.shuffle(shuffled, random);
            assertThat(moved(Assignment.of(members), Assignment.of(shuffled)).isEmpty()).isTrue();
        }
    }

    @Test
    void everyPartitionHasOneOwnerWhenDealt() {
        List<UUID> members = members(4, new Random(4));
        BitSet all = new BitSet();
        int sum = 0;
        for (UUID member : members) {
            BitSet owned = Assignment.of(members).ownedBy(member);
            sum += owned.cardinality();
            all.or(owned);
        }
        assertThat(sum).isEqualTo(Rendezvous.PARTITIONS).isEqualTo(all.cardinality());
    }

    @Test
    void probesSpreadOverAllPartitionsWhenThereAreManyOfThem() {
        int[] counts = new int[1_024];
        IntStream.range(0, 200_000)
                .forEach(i -> counts[Rendezvous.partitionOf("probe-" + i) >>> 10]++);
        assertThat(Arrays.stream(counts).min().orElseThrow()).isGreaterThan(120);
        assertThat(Arrays.stream(counts).max().orElseThrow()).isLessThan(280);
    }

    @Test
    void assignmentIsTheSameWhetherItIsComputedFromNothingOrFromAnEarlierOne() {
        Random random = new Random(5);
        Assignment known = Assignment.NONE;
        List<UUID> members = new ArrayList<>(members(4, random));
        for (int trial = 0; trial < TRIALS; trial++) {
            members.remove(random.nextInt(members.size()));
            members.add(0, uuid(random));
            members.add(uuid(random));
            known = known.with(members);
            assertThat(moved(known, Assignment.of(members)).isEmpty()).isTrue();
        }
    }

    @Test
    void nobodyOwnsAnythingWhenThereAreNoMembers() {
        assertThat(Assignment.of(List.of()).ownerOf(0)).isNull();
        assertThat(Assignment.NONE.ownedBy(UUID.randomUUID()).isEmpty()).isTrue();
    }

    private static BitSet moved(Assignment before, Assignment after) {
        BitSet moved = new BitSet();
        for (int partition = 0; partition < Rendezvous.PARTITIONS; partition++) {
            moved.set(
                    partition,
                    !Objects.requireNonNull(before.ownerOf(partition))
                            .equals(after.ownerOf(partition)));
        }
        return moved;
    }

    private static List<UUID> members(int size, Random random) {
        Set<UUID> members = new HashSet<>();
        while (members.size() < size) {
            members.add(uuid(random));
        }
        return List.copyOf(members);
    }

    private static UUID uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }
}
