package dev.sonde.store.incident;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.store.access.ResultKeys;
import dev.sonde.store.bytes.ResultCodec;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The results that began or ended incidents. They outlive their own rows.
///
/// @param keys of the database
public record KeptResults(ResultKeys keys) {

    private static final String KEEP =
            """
            insert into kept_result (id, incident, probe_id, replica, body)
            select ?, ?, probe_id, replica, body from result where id = ?
            on conflict do nothing""";

    private static final String FIND =
            """
            select k.body, k.replica, coalesce(p.name, d.name) as name
            from kept_result k left join probe p on p.id = k.probe_id
            left join deleted_probe d on d.id = k.probe_id
            where k.id = :id and coalesce(p.name, d.name) is not null""";

    void keep(JdbcTemplate jdbc, @Nullable UUID result, String incident) {
        if (result != null) {
            jdbc.update(KEEP, result.toString(), incident, keys.key(result));
        }
    }

    /// Empty where no incident has the result.
    public static Optional<ProbeResult> find(JdbcClient client, UUID id) {
        return client.sql(FIND)
                .param("id", id.toString())
                .query(
                        (row, _) ->
                                ResultCodec.read(id, row.getString("name"), row.getBytes("body"))
                                        .withReplica(row.getString("replica")))
                .optional();
    }

    static void remove(JdbcTemplate jdbc, String incident) {
        jdbc.update("delete from kept_result where incident = ?", incident);
    }

    /// Removes the results of incidents that are no more.
    public static void removeOrphans(JdbcTemplate jdbc) {
        jdbc.update("delete from kept_result where incident not in (select id from incident)");
    }
}
