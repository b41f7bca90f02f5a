package dev.sonde.store.incident;

import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.access.Access;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Probes that may be down without an incident, because they went down in maintenance. Owned by
/// the thread that writes.
final class IncidentSuspects {

    private static final String DOWN_WITHOUT =
            """
            select s.probe_id from probe_state s where s.state = 'down' and not exists (
                select 1 from incident i where i.probe_id = s.probe_id and i.to_at is null)""";

    private final Access access;

    /// Keys of probes; null before the first batch.
    private @Nullable Set<Long> known;

    IncidentSuspects(Access access) {
        this.access = access;
    }

    void add(String probe) {
        known().add(ResourceName.key(probe));
    }

    void remove(String probe) {
        known().remove(ResourceName.key(probe));
    }

    boolean contains(String probe) {
        return known().contains(ResourceName.key(probe));
    }

    private Set<Long> known() {
        Set<Long> read = known;
        if (read == null) {
            read = new HashSet<>(access.client().sql(DOWN_WITHOUT).query(Long.class).list());
            known = read;
        }
        return read;
    }

    /// Whether a suspect is one indeed, as the rows of this transaction have it.
    boolean isDownWithoutIncident(JdbcTemplate jdbc, String probe) {
        return jdbc.query(
                                DOWN_WITHOUT + " and s.probe_id = ?",
                                (row, _) -> row.getLong(1),
                                ResourceName.key(probe))
                        .size()
                == 1;
    }
}
