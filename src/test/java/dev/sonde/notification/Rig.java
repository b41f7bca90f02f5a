package dev.sonde.notification;

import dev.sonde.notification.message.DeliverySearch;
import dev.sonde.notification.message.MessageDelivery;
import dev.sonde.notification.message.NotificationStore;
import dev.sonde.notification.message.ServiceFacts;
import dev.sonde.notification.receiver.NotificationProperties;
import dev.sonde.notification.receiver.Receivers;
import dev.sonde.notification.send.Senders;
import dev.sonde.policy.ReceiverPolicy;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.start.ConfigurationFiles;
import dev.sonde.store.NotificationDatabase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.mail.autoconfigure.MailProperties;
import org.springframework.core.env.StandardEnvironment;

/// Notifications on a database, without the rest of the service. A test says when to compare.
final class Rig implements AutoCloseable, Estate {

    final NotificationDatabase db;
    final NotificationStore store;
    final Receivers receivers;
    final Map<String, ProbeFacts> probes = new ConcurrentHashMap<>();
    final Set<String> maintained = new HashSet<>();

    final MailProperties mail = new MailProperties();

    /// How far the clock is ahead of the host's.
    volatile Duration ahead = Duration.ZERO;

    private final Senders senders;
    final Couriers couriers;
    private final Scan scan;

    /// @param settings below `sonde.notifications`
    Rig(NotificationDatabase db, Map<String, String> settings) {
        this.db = db;
        this.store = db.store();
        NotificationProperties properties =
                new Binder(new MapConfigurationPropertySource(settings))
                        .bindOrCreate("", Bindable.of(NotificationProperties.class));
        InstantSource source = () -> Instant.now().plus(ahead);
        Clock clock = source.withZone(ZoneOffset.UTC);
        this.receivers =
                new Receivers(properties, new ConfigurationFiles(new StandardEnvironment()));
        this.senders =
                new Senders(
                        new ReceiverPolicy(List.of(), List.of("127.0.0.2/32"), true),
                        properties,
                        clock,
                        () -> new ServiceFacts("sonde", "1", "a", "http://sonde", Duration.ZERO),
                        () -> mail);
        Alerts alerts = new Alerts(store, this, clock, properties.alertmanager().resolvedFor());
        this.couriers = new Couriers(store, receivers, senders, alerts, properties);
        this.scan =
                new Scan(
                        store,
                        receivers,
                        this,
                        new Outbox(store, db.ids(), this, clock, properties.groupWithin()),
                        couriers,
                        clock,
                        true);
    }

    /// One webhook, without a time to group.
    static Map<String, String> webhook(Hook hook) {
        return Map.of(
                "group-within", "0s",
                "receivers[0].name", "ops",
                "receivers[0].type", "webhook",
                "receivers[0].url", hook.url(),
                "receivers[0].secret", "secret");
    }

    void define(String... names) {
        db.define(names);
        for (String name : names) {
            probes.put(name, new ProbeFacts("db.example:5432", Map.of("team", "x"), "pending"));
        }
    }

    void become(String probe, ProbeState from, ProbeState to) {
        probes.computeIfPresent(
                probe, (_, it) -> new ProbeFacts(it.target(), it.labels(), to.label()));
        db.become(probe, from, to);
    }

    void delete(String probe) {
        db.delete(probe);
        probes.remove(probe);
    }

    Duration compare() {
        return scan.run(System.nanoTime());
    }

    /// Compares until nothing waits.
    void compareUntilSent() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            compare();
                            return store.waiting().isEmpty();
                        });
    }

    List<MessageDelivery> deliveries() {
        return store.list(new DeliverySearch(null, null, null, 100)).items();
    }

    @Override
    public boolean owns(String probe) {
        return true;
    }

    @Override
    public long running() {
        return probes.size();
    }

    @Override
    public @Nullable ProbeFacts find(String probe) {
        return probes.get(probe);
    }

    @Override
    public boolean isUnderMaintenance(String probe, Map<String, String> labels) {
        return maintained.contains(probe);
    }

    @Override
    public void close() {
        couriers.close();
        senders.close();
    }
}
