package dev.sonde.notification.send;

import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.ServiceFacts;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.notification.receiver.NotificationProperties;
import dev.sonde.notification.receiver.Receiver;
import dev.sonde.policy.ReceiverPolicy;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;

/// Sends a message the way its receiver wants it. Safe for any thread; a call blocks.
public final class Senders implements AutoCloseable {

    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("notification-deadlines").factory());

    private final WebhookSender webhooks;

    public Senders(
            ReceiverPolicy policy,
            NotificationProperties properties,
            Clock clock,
            Supplier<ServiceFacts> service) {
        HttpSender http = new HttpSender(policy, properties.timeout(), deadlines, clock);
        this.webhooks = new WebhookSender(http, service);
    }

    public Reply send(Receiver receiver, Message message) {
        return switch (receiver.channel()) {
            case Channel.Webhook webhook -> webhooks.send(webhook, message);
            case Channel.Alertmanager _ -> new Reply.Accepted();
            case Channel.Mail _ -> new Reply.Accepted();
        };
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }
}
