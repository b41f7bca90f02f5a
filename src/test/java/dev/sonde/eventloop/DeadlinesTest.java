package dev.sonde.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// When a loop wakes for deadlines that may pass early or late, and which of them pass then.
class DeadlinesTest {

    private final HandMovedTicker ticker = new HandMovedTicker();
    private final long startNanos = ticker.read();
    private final Dispatch dispatch = new Dispatch(ticker);
    private final RecordingHandler handler = new RecordingHandler();

    /// Milliseconds of exact and of near deadlines, and of the wake.
    @ParameterizedTest
    @CsvSource({
        "5,        '',              5",
        "'',       10,              14",
        "'',       '10 11 12',      14",
        "'',       '10 11 12 13',   13",
        "'',       '13 11 10 12 9', 12",
        "'',       '10 11 12 15',   14",
        "12,       10,              12",
        "20,       10,              14"
    })
    void loopSleepsUntilAGroupIsDueOrTheFirstIsLate(String exact, String near, long wake) {
        add(exact, false);
        add(near, true);
        assertThat(dispatch.deadlines().wakeNanos()).isEqualTo(startNanos + millis(wake));
    }

    @Test
    void loopSleepsWithoutAnEndWhenThereAreNone() {
        assertThat(dispatch.deadlines().wakeNanos()).isNull();
    }

    /// Milliseconds of near deadlines, whether the loop was woken, and how many pass at 10 ms.
    @ParameterizedTest
    @CsvSource({
        "10 15 16,          true,  2",
        "11 12 13 14 15,    true,  4",
        "8 9 10 11 12,      true,  4",
        "6 7 8 9 10 11,     true,  5",
        "9 10 11 12,        false, 2"
    })
    void wokenLoopCallsAGroupAheadOfItsTime(String near, boolean hasSlept, int passed) {
        add(near, true);
        ticker.advance(Duration.ofMillis(10));
        dispatch.fireDeadlines(hasSlept);
        assertThat(handler.passed).hasSize(passed);
        assertThat(dispatch.deadlines().size()).isEqualTo(near.split(" ", -1).length - passed);
    }

    @Test
    void deadlinesOfBothKindsPassInTheirOrder() {
        add("3 1", false);
        add("2 4", true);
        ticker.advance(Duration.ofMillis(4));
        dispatch.fireDeadlines(false);
        assertThat(handler.passed)
                .extracting(deadline -> deadline.atNanos() - startNanos)
                .containsExactly(millis(1), millis(2), millis(3), millis(4));
    }

    @Test
    void removedNearDeadlineDoesNotPass() {
        Deadline near = add("1", true).getFirst();
        dispatch.deadlines().remove(near);
        assertThat(dispatch.deadlines().wakeNanos()).isNull();
        assertThat(dispatch.deadlines().handlers()).isEmpty();
    }

    private List<Deadline> add(String milliseconds, boolean isNear) {
        List<Deadline> added =
                LongStream.of(numbers(milliseconds))
                        .map(number -> startNanos + millis(number))
                        .mapToObj(
                                at ->
                                        isNear
                                                ? new NearDeadline(at, handler)
                                                : new Deadline(at, handler))
                        .toList();
        added.forEach(dispatch.deadlines()::add);
        return added;
    }

    private static long[] numbers(String words) {
        return words.isEmpty()
                ? new long[0]
                : List.of(words.split(" ", -1)).stream().mapToLong(Long::parseLong).toArray();
    }

    private static long millis(long number) {
        return Duration.ofMillis(number).toNanos();
    }
}
