package dev.sonde.notification;

import dev.sonde.notification.message.AttemptRecord;
import dev.sonde.notification.message.ClaimedMessage;
import dev.sonde.notification.message.DeliveryState;
import dev.sonde.notification.message.NotificationStore;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.notification.receiver.NotificationProperties;
import dev.sonde.notification.receiver.Receiver;
import dev.sonde.notification.receiver.Receivers;
import dev.sonde.notification.send.Reply;
import dev.sonde.notification.send.Senders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sends due messages, on one virtual thread for each receiver that has any. Safe for any thread.
final class Couriers implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Couriers.class);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final Duration LAST_WAIT = Duration.ofSeconds(5);

    private final NotificationStore store;
    private final Receivers receivers;
    private final Senders senders;
    private final Clock clock;
    private final Duration lease;
    private final Alerts alerts;
    private final Duration every;

    /// When a receiver's alerts were last sent or tried, by name.
    private final Map<String, Long> refreshed = new ConcurrentHashMap<>();

    /// Receivers whose alerts are to be sent again.
    private final Set<String> stale = ConcurrentHashMap.newKeySet();

    private final Map<String, Thread> busy = new ConcurrentHashMap<>();
    private final DeliveryFigures figures = new DeliveryFigures();

    /// Set once by [#close], read by all.
    private volatile boolean isClosed;

    Couriers(
            NotificationStore store,
            Receivers receivers,
            Senders senders,
            Alerts alerts,
            NotificationProperties properties) {
        this.store = store;
        this.receivers = receivers;
        this.senders = senders;
        this.alerts = alerts;
        this.clock = alerts.clock();
        this.lease = properties.timeout().multipliedBy(2);
        this.every = properties.alertmanager().every();
    }

    ReceiverFigures figures(String receiver) {
        return figures.of(receiver);
    }

    /// Sends a receiver's present alerts again once it is time.
    ///
    /// @return time until then
    Duration refresh(String receiver, long nanos) {
        Long before = refreshed.get(receiver);
        Duration left = before == null ? Duration.ZERO : every.minusNanos(nanos - before);
        if (left.isPositive()) {
            return left;
        }
        refreshed.put(receiver, nanos);
        stale.add(receiver);
        send(receiver);
        return every;
    }

    private void refresh(Receiver receiver) {
        if (stale.remove(receiver.name())
                && receiver.channel() instanceof Channel.Alertmanager channel) {
            List<Told> present = alerts.of(receiver.name());
            if (!present.isEmpty()) {
                Reply reply = senders.refresh(channel, present);
                if (!(reply instanceof Reply.Accepted)) {
                    figures.count(receiver.name(), reply, clock.instant());
                    refreshed.put(receiver.name(), System.nanoTime() - sooner());
                }
            }
        }
    }

    /// After a failure the alerts are sent again in ten seconds.
    private long sooner() {
        return Math.max(0, every.minus(AFTER_FAILURE).toNanos());
    }

    /// Sends a receiver's due messages, unless that goes on.
    void send(String receiver) {
        if (!isClosed) {
            busy.computeIfAbsent(
                    receiver,
                    name ->
                            Thread.ofVirtual()
                                    .name("notification-" + name)
                                    .start(() -> sendAll(name)));
        }
    }

    private void sendAll(String name) {
        try {
            while (!isClosed) {
                Receiver receiver = receivers.find(name).orElse(null);
                if (receiver != null) {
                    refresh(receiver);
                }
                Optional<ClaimedMessage> next =
                        receiver == null
                                ? Optional.empty()
                                : store.claim(name, clock.instant(), lease);
                if (receiver == null || next.isEmpty()) {
                    return;
                }
                attempt(receiver, next.get());
            }
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("receiver", name)
                    .addKeyValue("cause", e.getMessage())
                    .log("messages cannot be read or recorded, and wait");
        } finally {
            busy.remove(name, Thread.currentThread());
        }
    }

    private void attempt(Receiver receiver, ClaimedMessage claimed) {
        Reply reply = senders.send(receiver, claimed.message(), alerts::of);
        Instant now = clock.instant();
        int attempts = claimed.attempts() + 1;
        AttemptRecord result =
                switch (reply) {
                    case Reply.Accepted() ->
                            new AttemptRecord(DeliveryState.DELIVERED, attempts, null, null);
                    case Reply.Refused(String error) ->
                            new AttemptRecord(DeliveryState.FAILED, attempts, null, error);
                    case Reply.Unavailable(String error, Duration wish) -> {
                        Duration pause = wish == null ? Backoff.pause(attempts) : wish;
                        yield new AttemptRecord(
                                DeliveryState.WAITING, attempts, now.plus(pause), error);
                    }
                };
        store.record(claimed.message().id(), result);
        figures.count(receiver.name(), reply, now);
    }

    /// Waits a little for attempts that go on, so that they are not made again after the restart.
    @Override
    public void close() {
        isClosed = true;
        long end = System.nanoTime() + LAST_WAIT.toNanos();
        try {
            for (Thread each : busy.values()) {
                each.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
