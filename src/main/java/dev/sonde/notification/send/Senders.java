package dev.sonde.notification.send;

import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.MessageEvent;
import dev.sonde.notification.message.ServiceFacts;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.receiver.Channel;
import dev.sonde.notification.receiver.NotificationProperties;
import dev.sonde.notification.receiver.Receiver;
import dev.sonde.policy.ReceiverPolicy;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.boot.mail.autoconfigure.MailProperties;

/// Sends a message the way its receiver wants it. Safe for any thread; a call blocks.
public final class Senders implements AutoCloseable {

    private final ScheduledExecutorService deadlines =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("notification-deadlines").factory());

    private final WebhookSender webhooks;
    private final AlertmanagerSender alertmanagers;
    private final MailSender mails;

    /// Makes the ways to receivers.
    ///
    /// @param mail `spring.mail.*` as they are now
    public Senders(
            ReceiverPolicy policy,
            NotificationProperties properties,
            Clock clock,
            Supplier<ServiceFacts> service,
            Supplier<MailProperties> mail) {
        HttpSender http = new HttpSender(policy, properties.timeout(), deadlines, clock);
        this.webhooks = new WebhookSender(http, service);
        this.alertmanagers =
                new AlertmanagerSender(http, service, properties.alertmanager().ahead());
        this.mails = new MailSender(mail, policy, properties.timeout(), clock, service);
    }

    /// Sends a message.
    ///
    /// @param alerts the present alerts of a receiver, which an Alertmanager gets whole
    public Reply send(Receiver receiver, Message message, Function<String, List<Told>> alerts) {
        return switch (receiver.channel()) {
            case Channel.Webhook webhook -> webhooks.send(webhook, message);
            case Channel.Mail mail -> mails.send(mail, message);
            case Channel.Alertmanager alertmanager ->
                    message.event() == MessageEvent.TEST
                            ? alertmanagers.test(alertmanager)
                            : alertmanagers.send(alertmanager, alerts.apply(receiver.name()));
        };
    }

    /// Sends the present alerts again.
    public Reply refresh(Channel.Alertmanager channel, List<Told> alerts) {
        return alertmanagers.send(channel, alerts);
    }

    @Override
    public void close() {
        deadlines.shutdownNow();
    }
}
