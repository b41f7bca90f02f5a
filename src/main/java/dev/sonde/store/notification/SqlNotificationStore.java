package dev.sonde.store.notification;

import dev.sonde.notification.message.AttemptRecord;
import dev.sonde.notification.message.ClaimedMessage;
import dev.sonde.notification.message.DeliverySearch;
import dev.sonde.notification.message.Episode;
import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.MessageDelivery;
import dev.sonde.notification.message.NotificationStore;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.message.ToldChange;
import dev.sonde.notification.message.WaitingMessage;
import dev.sonde.probe.keeping.Page;
import dev.sonde.store.access.Access;
import dev.sonde.store.bytes.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Notifications in SQL. Safe for any thread.
public final class SqlNotificationStore implements NotificationStore {

    private static final String SINCE =
            """
            insert into notification_receiver (name, since) values (?, ?)
            on conflict do nothing""";

    private final Access access;
    private final SqlEpisodes episodes;
    private final SqlTold told;
    private final SqlDeliveries deliveries;

    /// Another process changed a record first.
    private static final class OutdatedException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    public SqlNotificationStore(Access access) {
        this.access = access;
        this.episodes = new SqlEpisodes(access);
        this.told = new SqlTold(access);
        this.deliveries = new SqlDeliveries(access);
    }

    @Override
    public Map<String, Instant> since(Collection<String> receivers, Instant now) {
        Map<String, Instant> known = since();
        if (!known.keySet().containsAll(receivers)) {
            access.write(
                    jdbc -> receivers.forEach(name -> jdbc.update(SINCE, name, Micros.of(now))));
            known = since();
        }
        return known;
    }

    private Map<String, Instant> since() {
        Map<String, Instant> known = new HashMap<>();
        access.client()
                .sql("select name, since from notification_receiver")
                .query(
                        row -> {
                            known.put(row.getString("name"), Micros.instant(row, "since"));
                        });
        return known;
    }

    @Override
    public List<Episode> episodes(Instant endedSince) {
        return episodes.since(endedSince);
    }

    @Override
    public List<Told> told(Instant closedSince) {
        return told.since(closedSince);
    }

    @Override
    public boolean save(@Nullable Message message, List<ToldChange> changes) {
        try {
            access.write(
                    jdbc -> {
                        for (ToldChange change : changes) {
                            if (!SqlTold.change(jdbc, change)) {
                                throw new OutdatedException();
                            }
                        }
                        if (message != null) {
                            SqlDeliveries.add(jdbc, message);
                        }
                    });
            return true;
        } catch (OutdatedException _) {
            return false;
        }
    }

    @Override
    public Optional<ClaimedMessage> claim(String receiver, Instant now, Duration lease) {
        return deliveries.claim(receiver, now, lease);
    }

    @Override
    public void record(String id, AttemptRecord result) {
        deliveries.record(id, result);
    }

    @Override
    public List<WaitingMessage> waiting() {
        return deliveries.waiting();
    }

    @Override
    public Page<MessageDelivery> list(DeliverySearch search) {
        return deliveries.list(search);
    }

    @Override
    public Optional<MessageDelivery> find(String id) {
        return deliveries.find(id);
    }

    @Override
    public void retry(String receiver, Instant now) {
        deliveries.retry(receiver, now);
    }

    @Override
    public void releaseClaims() {
        access.inTransaction(
                jdbc ->
                        jdbc.update(
                                "update notification_delivery set claimed_until = 0"
                                        + " where state = 'waiting'"));
    }

    @Override
    public void removeEnded(Instant before) {
        long micros = Micros.of(before);
        access.inTransaction(
                jdbc -> {
                    jdbc.update("delete from notification_delivery where at < ?", micros);
                    jdbc.update(
                            "delete from notification_told where stage = 'closed' and at < ?",
                            micros);
                });
    }
}
