package dev.sonde.store.notification;

import dev.sonde.notification.message.Episode;
import dev.sonde.notification.message.EpisodeKind;
import dev.sonde.store.access.Access;
import dev.sonde.store.bytes.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Stored incidents and degraded stretches of existing probes. Safe for any thread.
final class SqlEpisodes {

    private static final String DEGRADED = "degraded";

    private static final String INCIDENT =
            """
            select i.id, i.from_at, i.to_at, i.ended_by, i.phase, i.reason, i.detail, p.name
            from incident i join probe p on p.id = i.probe_id
            where i.first_key >= p.first_id and\s""";

    private static final String INCIDENTS =
            INCIDENT
                    + "i.to_at is null union "
                    + INCIDENT
                    + "i.to_at >= :since union "
                    + INCIDENT
                    + "i.id in (select subject from notification_told where stage <> 'closed')";

    private static final String TRANSITION =
            """
            select r.id, r.from_state, r.to_state, r.at, r.reason, r.detail, r.in_maintenance, p.name
            from\s""";

    /// Changes to or from degraded since then, and the begin of what was degraded before.
    private static final String CHANGES =
            TRANSITION
                    + """
                    transition r join probe p on p.id = r.probe_id
                    where r.at >= :since and (r.to_state = 'degraded' or r.from_state = 'degraded')
                        and {own} order by r.id""";

    private static final String STILL =
            TRANSITION
                    + """
                    probe_state s join probe p on p.id = s.probe_id
                    join transition r on r.probe_id = s.probe_id and r.at = s.since
                        and r.to_state = 'degraded'
                    where s.state = 'degraded' and s.since < :since and {own}""";

    private static final String BEGIN =
            TRANSITION
                    + """
                    transition r join probe p on p.id = r.probe_id
                    where p.name = :name and r.to_state = 'degraded' and r.at < :since and {own}
                    order by r.id desc limit 1""";

    private final Access access;

    SqlEpisodes(Access access) {
        this.access = access;
    }

    private record Change(
            UUID id,
            String probe,
            String from,
            String to,
            Instant at,
            String reason,
            @Nullable String detail,
            boolean inMaintenance) {

        Episode episode(@Nullable Change end) {
            return new Episode(
                    id.toString(),
                    EpisodeKind.DEGRADED,
                    probe,
                    at,
                    end == null ? null : end.at(),
                    end == null ? null : end.to(),
                    end == null ? null : end.id().toString(),
                    null,
                    reason,
                    detail,
                    inMaintenance,
                    from.equals("down"));
        }
    }

    List<Episode> since(Instant endedSince) {
        List<Episode> found =
                new ArrayList<>(
                        access.client()
                                .sql(INCIDENTS)
                                .param("since", Micros.of(endedSince))
                                .query((row, _) -> incident(row))
                                .list());
        found.addAll(degraded(endedSince));
        return found;
    }

    private static Episode incident(ResultSet row) throws SQLException {
        return new Episode(
                row.getString("id"),
                EpisodeKind.DOWN,
                row.getString("name"),
                Micros.instant(row, "from_at"),
                Micros.nullable(row, "to_at"),
                row.getString("ended_by"),
                null,
                row.getString("phase"),
                row.getString("reason"),
                row.getString("detail"),
                false,
                false);
    }

    private List<Episode> degraded(Instant since) {
        List<Episode> found = new ArrayList<>();
        changes(STILL, since).forEach(begin -> found.add(begin.episode(null)));
        Map<String, Change> open = new HashMap<>();
        for (Change change : changes(CHANGES, since)) {
            if (change.from().equals(DEGRADED)) {
                Change known = open.remove(change.probe());
                Change begin = known == null ? begin(change.probe(), since) : known;
                if (begin != null) {
                    found.add(begin.episode(change));
                }
            }
            if (change.to().equals(DEGRADED)) {
                open.put(change.probe(), change);
            }
        }
        open.values().forEach(begin -> found.add(begin.episode(null)));
        return found;
    }

    private List<Change> changes(String sql, Instant since) {
        return access.client()
                .sql(sql.replace("{own}", access.keys().isOfThisProbe()))
                .param("since", Micros.of(since))
                .query((row, _) -> change(row))
                .list();
    }

    private @Nullable Change begin(String probe, Instant since) {
        return access.client()
                .sql(BEGIN.replace("{own}", access.keys().isOfThisProbe()))
                .param("name", probe)
                .param("since", Micros.of(since))
                .query((row, _) -> change(row))
                .optional()
                .orElse(null);
    }

    private Change change(ResultSet row) throws SQLException {
        return new Change(
                access.keys().transitionId(row),
                row.getString("name"),
                row.getString("from_state"),
                row.getString("to_state"),
                Micros.instant(row, "at"),
                row.getString("reason"),
                row.getString("detail"),
                row.getInt("in_maintenance") == 1);
    }
}
