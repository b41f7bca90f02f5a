package dev.sonde.store.notification;

import dev.sonde.notification.message.Entry;
import dev.sonde.notification.message.EpisodeKind;
import dev.sonde.notification.message.Told;
import dev.sonde.notification.message.ToldChange;
import dev.sonde.store.access.Access;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.StoredJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/// The records of what receivers were sent of episodes. Safe for any thread.
final class SqlTold {

    private static final String READ =
            """
            select receiver, subject, kind, stage, at, delivery, body from notification_told
            where stage <> 'closed' or at >= :since""";

    private static final String INSERT =
            """
            insert into notification_told (receiver, subject, kind, stage, at, delivery, body)
            values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";

    private static final String UPDATE =
            """
            update notification_told set stage = ?, at = ?, delivery = ?, body = ?
            where receiver = ? and subject = ? and stage = ? and at = ?""";

    private static final String SUBJECTS =
            "select subject from notification_told where receiver = ? and delivery = ?";

    private final Access access;

    SqlTold(Access access) {
        this.access = access;
    }

    List<Told> since(Instant closedSince) {
        return access.client()
                .sql(READ)
                .param("since", Micros.of(closedSince))
                .query((row, _) -> read(row))
                .list();
    }

    private static Told read(ResultSet row) throws SQLException {
        return new Told(
                row.getString("receiver"),
                row.getString("subject"),
                EpisodeKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                Told.Stage.valueOf(row.getString("stage").toUpperCase(Locale.ROOT)),
                Micros.instant(row, "at"),
                row.getString("delivery"),
                StoredJson.MAPPER.readValue(row.getString("body"), Entry.class));
    }

    /// Changes one row.
    ///
    /// @return whether the row was as the change expects it
    static boolean change(JdbcTemplate jdbc, ToldChange change) {
        Told before = change.before();
        Told after = change.after();
        String body = StoredJson.MAPPER.writeValueAsString(after.entry());
        int rows =
                before == null
                        ? jdbc.update(
                                INSERT,
                                after.receiver(),
                                after.subject(),
                                after.kind().label(),
                                after.stage().label(),
                                Micros.of(after.at()),
                                after.delivery(),
                                body)
                        : jdbc.update(
                                UPDATE,
                                after.stage().label(),
                                Micros.of(after.at()),
                                after.delivery(),
                                body,
                                before.receiver(),
                                before.subject(),
                                before.stage().label(),
                                Micros.of(before.at()));
        return rows == 1;
    }

    /// Episodes of which this message is the latest one.
    static Set<String> subjects(JdbcTemplate jdbc, String receiver, String delivery) {
        return new HashSet<>(jdbc.queryForList(SUBJECTS, String.class, receiver, delivery));
    }
}
