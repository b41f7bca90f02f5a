package dev.sonde.listen.record;

import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.TimelineEvent.Kind;
import dev.sonde.probe.finding.TimelineEvent.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The events of one accepted connection, as points on the loops' ticker. Each is two numbers: most
/// connections are never looked at. Guarded by the lock of its [ConnectionLog].
final class Moments {

    /// The most events of a timeline, because a busy connection would fill the memory.
    private static final int MOST = 64;

    /// The events of a connection that is closed at once, and one more.
    private static final int BRIEF = 4;

    private static final int SERVED = 8;
    private static final long[] NONE = {};

    private static final int NUMBERS = 2;
    private static final int LAG_SHIFT = 16;
    private static final int SIDE_SHIFT = 8;
    private static final int MASK = 0xFF;
    private static final Side[] SIDES = Side.values();
    private static final Kind[] KINDS = Kind.values();

    /// Of each event its time, then its lag, side and kind.
    private long[] numbers = NONE;

    private int size;
    private int expected = BRIEF;

    /// The error numbers' names by the place of their event.
    private @Nullable Map<Integer, String> errors;

    /// The connection is served, so it has more events than one that is closed at once.
    void expectMore() {
        expected = SERVED;
    }

    int size() {
        return size;
    }

    void add(long atNanos, Side side, Kind kind) {
        add(atNanos, side, kind, -1);
    }

    /// Repeated readiness is one event, else it would leave no room for what follows.
    ///
    /// @param lagMicros how long a readiness event may have waited for the loop; -1 for another
    ///     event
    @SuppressWarnings("EnumOrdinal") // read back in the same process
    void add(long atNanos, Side side, Kind kind, long lagMicros) {
        int place = NUMBERS * size;
        if (size == MOST || (kind == Kind.READ_READY && isLast(side, kind))) {
            return;
        }
        if (place == numbers.length) {
            numbers = Arrays.copyOf(numbers, Math.max(NUMBERS * expected, 2 * place));
        }
        numbers[place] = atNanos;
        numbers[place + 1] =
                (lagMicros + 1) << LAG_SHIFT | side.ordinal() << SIDE_SHIFT | kind.ordinal();
        size++;
    }

    @SuppressWarnings("EnumOrdinal") // as above
    private boolean isLast(Side side, Kind kind) {
        if (size == 0) {
            return false;
        }
        long last = numbers[NUMBERS * size - 1];
        return (int) (last >> SIDE_SHIFT & MASK) == side.ordinal()
                && (int) (last & MASK) == kind.ordinal();
    }

    /// @param errno the error number's name
    void addError(long atNanos, Side side, Kind kind, @Nullable String errno) {
        if (errno != null && size < MOST) {
            if (errors == null) {
                errors = HashMap.newHashMap(1);
            }
            errors.put(size, errno);
        }
        add(atNanos, side, kind);
    }

    /// The events as a timeline shows them.
    ///
    /// @param startNanos the instant that they are counted from
    List<TimelineEvent> since(long startNanos) {
        List<TimelineEvent> events = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            long word = numbers[NUMBERS * i + 1];
            long lag = (word >> LAG_SHIFT) - 1;
            events.add(
                    new TimelineEvent(
                            (numbers[NUMBERS * i] - startNanos) / 1_000,
                            SIDES[(int) (word >> SIDE_SHIFT) & MASK],
                            KINDS[(int) word & MASK],
                            lag < 0 ? null : Long.valueOf(lag),
                            null,
                            errors == null ? null : errors.get(i)));
        }
        return List.copyOf(events);
    }
}
