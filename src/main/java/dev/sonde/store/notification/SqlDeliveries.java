package dev.sonde.store.notification;

import dev.sonde.notification.message.AttemptRecord;
import dev.sonde.notification.message.ClaimedMessage;
import dev.sonde.notification.message.DeliverySearch;
import dev.sonde.notification.message.DeliveryState;
import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.MessageDelivery;
import dev.sonde.notification.message.MessageEvent;
import dev.sonde.notification.message.WaitingMessage;
import dev.sonde.probe.keeping.Page;
import dev.sonde.store.access.Access;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.StoredJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.core.type.TypeReference;

/// Messages on their way. Safe for any thread.
final class SqlDeliveries {

    private static final TypeReference<List<String>> IDS = new TypeReference<>() {};

    private static final String INSERT =
            """
            insert into notification_delivery (id, receiver, event, state, attempts, at, next_at,
                claimed_until, incidents, body)
            values (?, ?, ?, 'waiting', 0, ?, ?, 0, ?, ?)""";

    /// A message of whose every episode a newer one says more.
    private static final String REPLACED =
            """
            delete from notification_delivery where receiver = ? and state = 'waiting'
                and event <> 'test' and claimed_until <= ? and not exists (
                    select 1 from notification_told t
                    where t.receiver = notification_delivery.receiver
                        and t.delivery = notification_delivery.id)""";

    private static final String RECORD =
            """
            update notification_delivery set state = ?, attempts = ?, next_at = ?,
                last_error = coalesce(?, last_error), claimed_until = 0,
                body = case when ? = 'delivered' then null else body end
            where id = ?""";

    private static final String WAITING =
            """
            select id, receiver, at,
                case when next_at > claimed_until then next_at else claimed_until end as due
            from notification_delivery where state = 'waiting'""";

    private static final String COLUMNS =
            """
            select id, receiver, event, incidents, state, attempts, next_at, last_error, at
            from notification_delivery where\s""";

    private final Access access;

    SqlDeliveries(Access access) {
        this.access = access;
    }

    static void add(JdbcTemplate jdbc, Message message) {
        long at = Micros.of(message.at());
        jdbc.update(
                INSERT,
                message.id(),
                message.receiver(),
                message.event().label(),
                at,
                at,
                ids(message),
                StoredJson.MAPPER.writeValueAsString(message));
        jdbc.update(REPLACED, message.receiver(), at);
    }

    static String ids(Message message) {
        return StoredJson.MAPPER.writeValueAsString(
                message.entries().stream().map(Entry::id).toList());
    }

    Optional<ClaimedMessage> claim(String receiver, Instant now, Duration lease) {
        AtomicReference<@Nullable ClaimedMessage> claimed = new AtomicReference<>();
        access.inTransaction(
                jdbc -> {
                    DeliveryClaim claim = new DeliveryClaim(jdbc, receiver, now, lease);
                    claimed.set(claim.take());
                });
        return Optional.ofNullable(claimed.get());
    }

    void record(String id, AttemptRecord result) {
        access.inTransaction(
                jdbc ->
                        jdbc.update(
                                RECORD,
                                result.state().label(),
                                result.attempts(),
                                Micros.ofNullable(result.nextAt()),
                                result.error(),
                                result.state().label(),
                                id));
    }

    List<WaitingMessage> waiting() {
        return access.client()
                .sql(WAITING)
                .query(
                        (row, _) ->
                                new WaitingMessage(
                                        row.getString("id"),
                                        row.getString("receiver"),
                                        Micros.instant(row, "due"),
                                        Micros.instant(row, "at")))
                .list();
    }

    Page<MessageDelivery> list(DeliverySearch search) {
        DeliveryState state = search.state();
        List<MessageDelivery> found =
                access.client()
                        .sql(
                                COLUMNS
                                        + "id < :before"
                                        + (state == null ? "" : " and state = :state")
                                        + (search.receiver() == null
                                                ? ""
                                                : " and receiver = :receiver")
                                        + " order by id desc limit :rows")
                        .param("before", search.cursor() == null ? "~" : search.cursor())
                        .param("state", state == null ? "" : state.label())
                        .param("receiver", search.receiver() == null ? "" : search.receiver())
                        .param("rows", search.limit() + 1)
                        .query((row, _) -> read(row))
                        .list();
        return Page.of(found, search.limit(), MessageDelivery::id);
    }

    Optional<MessageDelivery> find(String id) {
        return access.client()
                .sql(COLUMNS + "id = :id")
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    private static MessageDelivery read(ResultSet row) throws SQLException {
        return new MessageDelivery(
                row.getString("id"),
                row.getString("receiver"),
                MessageEvent.of(row.getString("event")),
                StoredJson.MAPPER.readValue(row.getString("incidents"), IDS),
                DeliveryState.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getInt("attempts"),
                Micros.nullable(row, "next_at"),
                row.getString("last_error"),
                Micros.instant(row, "at"));
    }

    void retry(String receiver, Instant now) {
        access.inTransaction(
                jdbc ->
                        jdbc.update(
                                "update notification_delivery set state = 'waiting', next_at = ?"
                                        + " where receiver = ? and state in ('waiting', 'failed')"
                                        + " and body is not null",
                                Micros.of(now),
                                receiver));
    }
}
