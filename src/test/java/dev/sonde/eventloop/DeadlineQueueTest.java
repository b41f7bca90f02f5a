package dev.sonde.eventloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The heap, against a sorted list that it has to agree with.
class DeadlineQueueTest {

    private static final Comparator<Deadline> EARLIEST_FIRST =
            (a, b) -> Long.signum(a.atNanos() - b.atNanos());

    private final DeadlineQueue queue = new DeadlineQueue();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void earliestComesFirstWhenDeadlinesComeAndGo(long seed) {
        Random random = new Random(seed);
        List<Deadline> expected = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            if (expected.isEmpty() || random.nextInt(5) < 3) {
                Deadline added = deadline(Long.MAX_VALUE + random.nextInt(-500, 500));
                queue.add(added);
                expected.add(added);
            } else {
                queue.remove(expected.remove(random.nextInt(expected.size())));
            }
            assertThat(queue.size()).isEqualTo(expected.size());
        }
        assertThat(drain()).isSortedAccordingTo(EARLIEST_FIRST).hasSameElementsAs(expected);
    }

    @Test
    void removedDeadlineLeavesNothingBehind() {
        Deadline deadline = deadline(1);
        queue.add(deadline);
        queue.remove(deadline);
        queue.remove(deadline);
        assertThat(queue.size()).isZero();
        assertThat(queue.peek()).isNull();
        assertThat(queue.handlers()).isEmpty();
    }

    @Test
    void earlierOneComesFirstWhenTheTickerWraps() {
        Deadline before = deadline(Long.MAX_VALUE);
        Deadline after = deadline(Long.MIN_VALUE);
        queue.add(after);
        queue.add(before);
        assertThat(drain()).containsExactly(before, after);
    }

    @Test
    void secondAddIsRefused() {
        Deadline deadline = deadline(1);
        queue.add(deadline);
        assertThatThrownBy(() -> queue.add(deadline)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void firedOneComesAgainAndIsForgottenWhenItDoesNot() {
        Deadline repeated = deadline(1);
        Deadline once = deadline(2);
        List.of(repeated, once, deadline(3)).forEach(queue::add);
        queue.fire(repeated);
        repeated.move(4);
        queue.add(repeated);
        queue.release(repeated);
        queue.fire(once);
        queue.remove(once);
        queue.release(once);
        assertThat(queue.size()).isEqualTo(2);
        assertThat(queue.handlers()).hasSize(2);
        assertThat(drain()).extracting(Deadline::atNanos).containsExactly(3L, 4L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void rankIsThatOfTheSortedOrder(int rank) {
        Random random = new Random(rank);
        List<Deadline> sorted = new ArrayList<>();
        for (int i = 1; i <= 500; i++) {
            Deadline added = deadline(Long.MAX_VALUE + random.nextInt(-500, 500));
            queue.add(added);
            sorted.add(added);
            sorted.sort(EARLIEST_FIRST);
            Deadline found = queue.peek(rank);
            assertThat(found == null ? null : found.atNanos())
                    .isEqualTo(rank > i ? null : sorted.get(rank - 1).atNanos());
        }
    }

    private static Deadline deadline(long atNanos) {
        return new Deadline(atNanos, new RecordingHandler());
    }

    private List<Deadline> drain() {
        List<Deadline> drained = new ArrayList<>();
        for (Deadline next = queue.peek(); next != null; next = queue.peek()) {
            queue.remove(next);
            drained.add(next);
        }
        return drained;
    }
}
