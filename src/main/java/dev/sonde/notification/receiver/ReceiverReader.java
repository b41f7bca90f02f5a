package dev.sonde.notification.receiver;

import dev.sonde.form.InvalidRequestException;
import dev.sonde.form.condition.LabelSelector;
import dev.sonde.probe.spec.ResourceName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads receivers as they are written.
final class ReceiverReader {

    private static final String LIST = "sonde.notifications.receivers";
    private static final Set<String> STATES = Set.of("down", "degraded", "up");
    private static final Duration LONGEST = Duration.ofDays(31);
    private static final Duration SHORTEST_REMINDER = Duration.ofSeconds(1);
    private static final int MOST = 100;

    private final ReceiverPlace place;
    private final NotificationProperties.Entry entry;

    private ReceiverReader(int index, NotificationProperties.Entry entry) {
        this.place = new ReceiverPlace("%s[%d]".formatted(LIST, index));
        this.entry = entry;
    }

    /// Reads all receivers.
    ///
    /// @throws IllegalArgumentException with a sentence that begins with the setting
    static List<Receiver> read(List<NotificationProperties.Entry> entries) {
        if (entries.size() > MOST) {
            throw new IllegalArgumentException(
                    "%s: %d receivers; the limit is %d".formatted(LIST, entries.size(), MOST));
        }
        List<Receiver> receivers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < entries.size(); i++) {
            Receiver receiver = new ReceiverReader(i, entries.get(i)).receiver();
            if (!names.add(receiver.name())) {
                throw new IllegalArgumentException(
                        "%s[%d].name: \"%s\" is the name of two receivers"
                                .formatted(LIST, i, receiver.name()));
            }
            receivers.add(receiver);
        }
        return List.copyOf(receivers);
    }

    private Receiver receiver() {
        String name = entry.name();
        if (name == null || !ResourceName.isValid(name)) {
            throw place.invalid(
                    "name", "a name matches " + ResourceName.PATTERN + ", not \"" + name + "\"");
        }
        return new Receiver(
                name,
                new ChannelReader(place, entry).read(),
                probes(),
                states(),
                delay(),
                reminder(),
                entry.grouped());
    }

    private LabelSelector probes() {
        try {
            return LabelSelector.of(entry.label().toArray(String[]::new));
        } catch (InvalidRequestException e) {
            throw place.invalid("label", "a label is written like team=payments or team!=mail");
        }
    }

    private Set<String> states() {
        Set<String> states = new LinkedHashSet<>(entry.states());
        for (String state : states) {
            if (!STATES.contains(state)) {
                throw place.invalid(
                        "states", "down, degraded and up are known, not \"" + state + "\"");
            }
        }
        if (states.isEmpty()) {
            throw place.invalid("states", "one of down, degraded and up is needed");
        }
        return states;
    }

    private Duration delay() {
        Duration delay = entry.delay();
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw place.invalid("delay", "a delay is from 0s to 31d");
        }
        return delay;
    }

    private @Nullable Duration reminder() {
        Duration reminder = entry.reminder();
        if (reminder == null || reminder.isZero()) {
            return null;
        }
        if (reminder.compareTo(SHORTEST_REMINDER) < 0 || reminder.compareTo(LONGEST) > 0) {
            throw place.invalid("reminder", "a reminder is from 1s to 31d");
        }
        return reminder;
    }
}
