package dev.sonde.schedule;

import dev.sonde.schedule.plan.ProbeEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// The order of a list of probes.
public enum ProbeOrder {
    NAME("name"),
    NAME_DESCENDING("-name"),
    SINCE("stateSince"),
    SINCE_DESCENDING("-stateSince");

    public static final List<String> WORDS = List.of("name", "-name", "stateSince", "-stateSince");

    /// The values that the order compares.
    ///
    /// @param since time of the change to this state, microseconds since 1970
    record Key(String name, long since) {

        static Key of(ProbeEntry probe) {
            return new Key(
                    probe.name(), ChronoUnit.MICROS.between(Instant.EPOCH, probe.health().since()));
        }

        private static Key of(String place) {
            int end = place.indexOf(' ');
            return new Key(place.substring(end + 1), Long.parseLong(place.substring(0, end)));
        }
    }

    private final String word;

    ProbeOrder(String word) {
        this.word = word;
    }

    /// Equal times are in the order of names.
    int compare(Key one, Key other) {
        int byName = one.name().compareTo(other.name());
        int bySince = Long.compare(one.since(), other.since());
        return switch (this) {
            case NAME -> byName;
            case NAME_DESCENDING -> -byName;
            case SINCE -> bySince == 0 ? byName : bySince;
            case SINCE_DESCENDING -> bySince == 0 ? byName : -bySince;
        };
    }

    /// The order of a word of [#WORDS].
    public static Optional<ProbeOrder> of(String word) {
        return List.of(values()).stream().filter(order -> order.word.equals(word)).findAny();
    }

    /// Whether a probe stands behind a place that [#place] gave out.
    boolean isAfter(Key probe, String place) {
        return compare(probe, Key.of(place)) > 0;
    }

    /// The text that names a probe's place.
    static String place(Key probe) {
        return probe.since() + " " + probe.name();
    }
}
