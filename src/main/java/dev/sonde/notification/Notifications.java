package dev.sonde.notification;

import dev.sonde.notification.message.DeliverySearch;
import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.MessageDelivery;
import dev.sonde.notification.message.MessageEvent;
import dev.sonde.notification.message.NotificationStore;
import dev.sonde.notification.receiver.Receiver;
import dev.sonde.notification.receiver.Receivers;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.keeping.ResultIds;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// Notifications, as others see them. Safe for any thread; methods that read messages block.
public final class Notifications {

    private final NotificationStore store;
    private final Receivers receivers;
    private final Couriers couriers;
    private final ResultIds ids;
    private final Clock clock;

    Notifications(
            NotificationStore store,
            Receivers receivers,
            Couriers couriers,
            ResultIds ids,
            Clock clock) {
        this.store = store;
        this.receivers = receivers;
        this.couriers = couriers;
        this.ids = ids;
        this.clock = clock;
        receivers.onReload(all -> all.forEach(it -> store.retry(it.name(), clock.instant())));
    }

    /// Names of the receivers.
    public List<String> receivers() {
        return receivers.all().stream().map(Receiver::name).toList();
    }

    /// The results of messages to a receiver.
    public ReceiverFigures figures(String receiver) {
        return couriers.figures(receiver);
    }

    /// Hands over the names now and after each reading of the configuration; for the start.
    public void onReceivers(Consumer<List<String>> listener) {
        listener.accept(receivers());
        receivers.onReload(_ -> listener.accept(receivers()));
    }

    /// Messages that wait for an attempt.
    public int waiting() {
        return receivers.all().isEmpty() ? 0 : store.waiting().size();
    }

    public Page<MessageDelivery> list(DeliverySearch search) {
        return store.list(search);
    }

    /// Sends a message that says that it is a test.
    ///
    /// @param receiver the name of an existing one
    public MessageDelivery test(String receiver) {
        Instant now = clock.instant();
        String id = ids.next(now).toString();
        store.save(new Message(id, receiver, MessageEvent.TEST, List.of(), null, now), List.of());
        MessageDelivery kept = store.find(id).orElseThrow();
        couriers.send(receiver);
        return kept;
    }
}
