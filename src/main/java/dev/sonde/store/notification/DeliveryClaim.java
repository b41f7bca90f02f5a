package dev.sonde.store.notification;

import dev.sonde.notification.message.ClaimedMessage;
import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.Message;
import dev.sonde.notification.message.MessageEvent;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.StoredJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// The claim of one replica to the next due message of a receiver, in one transaction.
///
/// @param lease how long no other replica takes the message
record DeliveryClaim(JdbcTemplate jdbc, String receiver, Instant now, Duration lease) {

    /// No attempt is planned for later than this: such a time is from before the clock was set
    /// back.
    private static final Duration LATEST = Duration.ofHours(25);

    private static final String DUE =
            """
            select id, attempts, body from notification_delivery
            where receiver = ? and state = 'waiting' and (next_at <= ? or next_at > ?)
                and (claimed_until <= ? or claimed_until > ?)
            order by id limit 1""";

    private static final String CLAIM =
            """
            update notification_delivery set claimed_until = ?
            where id = ? and state = 'waiting' and (claimed_until <= ? or claimed_until > ?)""";

    /// Takes the next due message; absent where none is due.
    @Nullable ClaimedMessage take() {
        ClaimedMessage claimed = null;
        List<ClaimedMessage> due = due();
        while (!due.isEmpty() && claimed == null) {
            claimed = take(due.getFirst());
            due = due();
        }
        return claimed;
    }

    private List<ClaimedMessage> due() {
        long micros = Micros.of(now);
        long latest = Micros.of(now.plus(LATEST));
        return jdbc.query(
                DUE,
                (row, _) ->
                        new ClaimedMessage(
                                StoredJson.MAPPER.readValue(row.getString("body"), Message.class),
                                row.getInt("attempts")),
                receiver,
                micros,
                latest,
                micros,
                latest);
    }

    /// Takes a due message.
    ///
    /// @return null where another message is to be looked for
    private @Nullable ClaimedMessage take(ClaimedMessage due) {
        Message message = due.message();
        long micros = Micros.of(now);
        int rows =
                jdbc.update(
                        CLAIM,
                        Micros.of(now.plus(lease)),
                        message.id(),
                        micros,
                        Micros.of(now.plus(LATEST)));
        if (rows == 0) {
            return null;
        }
        if (message.event() == MessageEvent.TEST) {
            return due;
        }
        Set<String> latest = SqlTold.subjects(jdbc, message.receiver(), message.id());
        List<Entry> left =
                message.entries().stream().filter(it -> latest.contains(it.subject())).toList();
        if (left.isEmpty()) {
            jdbc.update("delete from notification_delivery where id = ?", message.id());
            return null;
        }
        if (left.size() == message.entries().size()) {
            return due;
        }
        Message shorter = message.with(left);
        jdbc.update(
                "update notification_delivery set incidents = ?, body = ? where id = ?",
                SqlDeliveries.ids(shorter),
                StoredJson.MAPPER.writeValueAsString(shorter),
                message.id());
        return new ClaimedMessage(shorter, due.attempts());
    }
}
