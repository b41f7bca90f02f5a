package dev.sonde.schedule;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The order of a list of probes.
public enum ProbeOrder {
    NAME("name", Comparator.comparing(Key::name)),
    NAME_DESCENDING("-name", Comparator.comparing(Key::name).reversed()),
    SINCE("stateSince", Comparator.comparing(Key::since).thenComparing(Key::name)),
    SINCE_DESCENDING(
            "-stateSince", Comparator.comparing(Key::since).reversed().thenComparing(Key::name));

    public static final List<String> WORDS = List.of("name", "-name", "stateSince", "-stateSince");

    /// What the order looks at.
    ///
    /// @param since when the state was entered, microseconds since 1970
    private record Key(String name, long since) {

        private static Key of(ProbeSnapshot probe) {
            return new Key(
                    probe.definition().name(),
                    ChronoUnit.MICROS.between(Instant.EPOCH, probe.health().since()));
        }

        private static Key of(String place) {
            int end = place.indexOf(' ');
            return new Key(place.substring(end + 1), Long.parseLong(place.substring(0, end)));
        }
    }

    private final String word;
    private final Comparator<Key> comparator;

    ProbeOrder(String word, Comparator<Key> comparator) {
        this.word = word;
        this.comparator = comparator;
    }

    /// The order that a word of [#WORDS] stands for.
    public static Optional<ProbeOrder> of(String word) {
        return List.of(values()).stream().filter(order -> order.word.equals(word)).findAny();
    }

    int compare(ProbeSnapshot one, ProbeSnapshot other) {
        return comparator.compare(Key.of(one), Key.of(other));
    }

    /// Whether a probe stands behind a place that [#place] gave out.
    boolean isAfter(ProbeSnapshot probe, String place) {
        return comparator.compare(Key.of(probe), Key.of(place)) > 0;
    }

    /// The text that names a probe's place.
    static String place(ProbeSnapshot probe) {
        Key key = Key.of(probe);
        return key.since() + " " + key.name();
    }
}
