package dev.sonde.notification;

import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.Episode;
import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.MessageEvent;
import dev.sonde.notification.message.NotificationStore;
import dev.sonde.notification.message.ToldChange;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.notification.receiver.Receiver;
import dev.sonde.probe.keeping.ResultIds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes messages of differences and keeps them, before anything is sent. The notifier's own.
final class Outbox {

    /// Messages to one receiver that may wait; further changes wait as differences.
    static final int MOST_WAITING = 100;

    /// Incidents in one message: about ten megabytes.
    static final int MOST_ENTRIES = 10_000;

    private static final Duration SLACK = Duration.ofSeconds(1);

    private final NotificationStore store;
    private final ResultIds ids;
    private final Estate estate;
    private final Clock clock;
    private final Duration groupWithin;
    private final Changes changes = new Changes();

    Outbox(
            NotificationStore store,
            ResultIds ids,
            Estate estate,
            Clock clock,
            Duration groupWithin) {
        this.store = store;
        this.ids = ids;
        this.estate = estate;
        this.clock = clock;
        this.groupWithin = groupWithin;
    }

    /// Takes over all stored episodes of now.
    void see(List<Episode> episodes, long nanos) {
        changes.see(episodes, nanos);
    }

    /// Time from a change to its message. Alertmanager groups by itself.
    Duration window(Receiver receiver) {
        return receiver.channel() instanceof Channel.Alertmanager ? Duration.ZERO : groupWithin;
    }

    /// Keeps changes without a message.
    void keepSilent(Receiver receiver, List<Difference> found) {
        Instant now = clock.instant();
        List<ToldChange> silent =
                found.stream()
                        .filter(it -> it.event() == null)
                        .map(it -> it.change(receiver.name(), now, null))
                        .toList();
        if (!silent.isEmpty()) {
            store.save(null, silent);
        }
    }

    /// Keeps messages.
    ///
    /// @param waiting messages of this receiver that wait
    void send(Receiver receiver, List<Difference> spoken, long waiting, long nanos) {
        String suspect = suspect(spoken, nanos);
        long left = MOST_WAITING - waiting;
        for (List<Difference> part : parts(receiver, spoken)) {
            if (left-- > 0) {
                keep(receiver, part, suspect);
            }
        }
    }

    private static List<List<Difference>> parts(Receiver receiver, List<Difference> spoken) {
        int size = receiver.isGrouped() ? MOST_ENTRIES : 1;
        List<List<Difference>> parts = new ArrayList<>();
        for (int first = 0; first < spoken.size(); first += size) {
            parts.add(spoken.subList(first, Math.min(first + size, spoken.size())));
        }
        return parts;
    }

    private @Nullable String suspect(List<Difference> spoken, long nanos) {
        boolean isChange = spoken.stream().anyMatch(it -> it.event() != MessageEvent.REMINDED);
        return isChange ? changes.suspect(groupWithin.plus(SLACK), nanos, estate.running()) : null;
    }

    private void keep(Receiver receiver, List<Difference> part, @Nullable String suspect) {
        Instant now = clock.instant();
        String id = ids.next(now).toString();
        List<Entry> entries = part.stream().map(Difference::entry).toList();
        MessageEvent event =
                part.stream()
                        .map(Difference::event)
                        .filter(Objects::nonNull)
                        .min(MessageEvent::compareTo)
                        .orElseThrow();
        store.save(
                new Message(id, receiver.name(), event, entries, suspect, now),
                part.stream().map(it -> it.change(receiver.name(), now, id)).toList());
    }
}
