package dev.sonde.notification;

import dev.sonde.notification.message.Episode;
import dev.sonde.notification.message.NotificationStore;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.message.WaitingMessage;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.notification.receiver.Receiver;
import dev.sonde.notification.receiver.Receivers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// One comparison of stored episodes with what all receivers were sent, and the messages that
/// follow from it. The notifier's own.
final class Scan {

    /// No attempt is planned for later than this: such a time is from before the clock was set
    /// back.
    private static final Duration LATEST = Duration.ofHours(25);

    /// Age at which messages and records of what ended are removed.
    private static final Duration KEPT = Duration.ofDays(7);

    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final Duration BUSY = Duration.ofSeconds(1);

    private static final int MANY_EPISODES = 1_000;

    private final NotificationStore store;
    private final Receivers receivers;
    private final Estate estate;
    private final Outbox outbox;
    private final Couriers couriers;
    private final Clock clock;
    private final Horizon horizon = new Horizon();

    /// Whether claims of an earlier process are taken back, or belong to other processes.
    private boolean isReady;

    /// When the first change of a message to come was seen, by receiver.
    private final Map<String, Long> windows = new HashMap<>();

    Scan(
            NotificationStore store,
            Receivers receivers,
            Estate estate,
            Outbox outbox,
            Couriers couriers,
            Clock clock,
            boolean isAlone) {
        this.store = store;
        this.receivers = receivers;
        this.estate = estate;
        this.outbox = outbox;
        this.couriers = couriers;
        this.clock = clock;
        this.isReady = !isAlone;
    }

    /// Compares, and has messages made and sent.
    ///
    /// @param nanos now, on the monotonic clock
    /// @return time until the next one
    Duration run(long nanos) {
        List<Receiver> all = receivers.all();
        if (all.isEmpty()) {
            return IDLE;
        }
        if (!isReady) {
            store.releaseClaims();
            isReady = true;
        }
        Instant now = clock.instant();
        Map<String, Instant> since = store.since(all.stream().map(Receiver::name).toList(), now);
        List<WaitingMessage> waiting = store.waiting();
        sweep(now, nanos);
        Instant from = horizon.at(now, nanos, waiting);
        List<Episode> stored = store.episodes(from);
        outbox.see(stored, nanos);
        ScanFacts picture =
                new ScanFacts(
                        stored.stream().filter(it -> estate.owns(it.probe())).toList(),
                        waiting.stream().map(WaitingMessage::id).collect(Collectors.toSet()),
                        estate,
                        now);
        Map<String, List<Told>> told =
                store.told(from).stream()
                        .filter(it -> estate.owns(it.entry().probe()))
                        .collect(Collectors.groupingBy(Told::receiver));
        Duration pause = usual(picture.episodes().size());
        for (Receiver receiver : all) {
            List<Difference> found =
                    Comparison.of(
                            receiver,
                            since.getOrDefault(receiver.name(), now),
                            picture,
                            told.getOrDefault(receiver.name(), List.of()));
            pause = least(pause, take(receiver, found, waiting, nanos));
            pause = least(pause, refresh(receiver, nanos));
        }
        return least(pause, dispatch(store.waiting(), clock.instant()));
    }

    private void sweep(Instant now, long nanos) {
        if (horizon.isSweepDue(nanos)) {
            store.removeEnded(now.minus(KEPT));
        }
    }

    private Duration refresh(Receiver receiver, long nanos) {
        return receiver.channel() instanceof Channel.Alertmanager
                ? couriers.refresh(receiver.name(), nanos)
                : IDLE;
    }

    private static Duration usual(int episodes) {
        return episodes == 0 || episodes > MANY_EPISODES ? IDLE : BUSY;
    }

    /// Makes a receiver's message once its time has come.
    ///
    /// @return time until this receiver's message is due; a long one where none is
    private Duration take(
            Receiver receiver, List<Difference> found, List<WaitingMessage> waiting, long nanos) {
        outbox.keepSilent(receiver, found);
        List<Difference> spoken = found.stream().filter(it -> it.event() != null).toList();
        if (spoken.isEmpty()) {
            windows.remove(receiver.name());
            return IDLE;
        }
        long began = windows.computeIfAbsent(receiver.name(), _ -> nanos);
        Duration left = outbox.window(receiver).minusNanos(nanos - began);
        if (left.isPositive()) {
            return left;
        }
        windows.remove(receiver.name());
        long present = waiting.stream().filter(it -> it.receiver().equals(receiver.name())).count();
        outbox.send(receiver, spoken, present, nanos);
        return IDLE;
    }

    /// Has due messages sent.
    ///
    /// @return time until the next one is due; a long one where none is
    private Duration dispatch(List<WaitingMessage> waiting, Instant now) {
        Duration next = IDLE;
        Set<String> due = new HashSet<>();
        for (WaitingMessage each : waiting) {
            Duration left = Duration.between(now, each.nextAt());
            if (!left.isPositive() || left.compareTo(LATEST) > 0) {
                due.add(each.receiver());
            } else {
                next = least(next, left);
            }
        }
        due.forEach(couriers::send);
        return next;
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
