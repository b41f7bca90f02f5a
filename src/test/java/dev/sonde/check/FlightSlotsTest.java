package dev.sonde.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// How checks share the probes in flight.
class FlightSlotsTest {

    private final FlightSlots slots = new FlightSlots(1_000);

    /// A check that always wants more.
    private final class Greedy {
        final FlightSlots.Holder holder;
        int held;

        Greedy(String caller) {
            this.holder = new FlightSlots.Holder(caller, this::takeAll);
            slots.enter(holder);
        }

        void takeAll() {
            while (slots.tryTake(holder)) {
                held++;
            }
        }

        /// One of its probes ends.
        void land() {
            held--;
            slots.giveBack(holder);
            slots.wake();
            takeAll();
            slots.wake();
        }
    }

    @Test
    void aCallerThatIsAloneLeavesAQuarterToNewcomers() {
        Greedy first = start("a");
        assertThat(first.held).isEqualTo(750);
        assertThat(start("b").held).isPositive();
    }

    @Test
    void twoCallersShareEvenlyHoweverManyChecksEachHas() {
        Greedy one = start("a");
        Greedy other = start("b");
        Greedy third = start("b");
        for (int i = 0; i < 2_000; i++) {
            one.land();
            other.land();
            third.land();
        }
        assertThat(one.held).isCloseTo(other.held + third.held, within(2));
        assertThat(other.held).isCloseTo(third.held, within(2));
        assertThat(slots.used()).isGreaterThan(800);
    }

    @Test
    void anotherCheckOfTheSameCallerStartsAtOnce() {
        Greedy first = start("a");
        assertThat(start("a").held).isEqualTo(64);
        assertThat(first.held).isEqualTo(750);
    }

    @Test
    void aSlotThatComesBackGoesToWhoHoldsFewest() {
        FlightSlots few = new FlightSlots(2);
        FlightSlots.Holder first = new FlightSlots.Holder("a", () -> {});
        int[] woken = new int[1];
        FlightSlots.Holder second = new FlightSlots.Holder("b", () -> woken[0]++);
        few.enter(first);
        few.enter(second);
        assertThat(few.tryTake(first)).isTrue();
        assertThat(few.tryTake(first)).isTrue();
        assertThat(few.tryTake(second)).isFalse();
        few.giveBack(first);
        assertThat(few.tryTake(first)).isFalse();
        few.wake();
        assertThat(woken[0]).isOne();
    }

    private Greedy start(String caller) {
        Greedy check = new Greedy(caller);
        check.takeAll();
        return check;
    }

    private static org.assertj.core.data.Offset<Integer> within(int value) {
        return org.assertj.core.data.Offset.offset(value);
    }
}
