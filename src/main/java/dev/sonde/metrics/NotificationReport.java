package dev.sonde.metrics;

import dev.sonde.notification.Notifications;
import dev.sonde.notification.ReceiverFigures;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/// Messages to receivers: meters, and `notifications` in the health details.
///
/// A receiver that fails stops no probe, so the status stays up and a detail names it.
@Component("notifications")
final class NotificationReport implements MeterBinder, HealthIndicator {

    private final Notifications notifications;

    /// Receivers that have counters.
    private final Set<String> counted = ConcurrentHashMap.newKeySet();

    NotificationReport(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("sonde.notifications.waiting", notifications, Notifications::waiting)
                .description("Messages to receivers that wait for an attempt")
                .register(registry);
        notifications.onReceivers(names -> count(registry, names));
    }

    private void count(MeterRegistry registry, List<String> names) {
        for (String name : names) {
            if (counted.add(name)) {
                count(registry, name, "delivered", ReceiverFigures::delivered);
                count(registry, name, "retried", ReceiverFigures::retried);
                count(registry, name, "failed", ReceiverFigures::failed);
            }
        }
    }

    private void count(
            MeterRegistry registry,
            String receiver,
            String result,
            ToLongFunction<ReceiverFigures> number) {
        FunctionCounter.builder(
                        "sonde.notifications",
                        notifications,
                        it -> number.applyAsLong(it.figures(receiver)))
                .description("Attempts to send a message to a receiver")
                .tags("receiver", receiver, "result", result)
                .register(registry);
    }

    @Override
    public Health health() {
        Health.Builder health = Health.up();
        Map<String, Object> failing = new TreeMap<>();
        for (String name : notifications.receivers()) {
            ReceiverFigures figures = notifications.figures(name);
            if (figures.failingSince() != null) {
                failing.put(
                        name,
                        Map.of(
                                "since",
                                figures.failingSince(),
                                "error",
                                String.valueOf(figures.lastError())));
            }
        }
        if (!failing.isEmpty()) {
            health.withDetail("failing", failing);
        }
        return health.build();
    }
}
