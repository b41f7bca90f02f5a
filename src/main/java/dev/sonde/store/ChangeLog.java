package dev.sonde.store;

import dev.sonde.probe.keeping.OutdatedDefinitionsException;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.access.Access;
import dev.sonde.store.bytes.Micros;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/// The numbered changes of definitions, one sequence for all replicas. The changes of the last hour
/// are listed. Only on PostgreSQL. Safe for any thread.
record ChangeLog(Access access, Clock clock) {

    /// The channel of `NOTIFY` for changes.
    private static final String TELL = "select pg_notify('sonde_probe', '')";

    private static final Duration LISTED = Duration.ofHours(1);
    private static final int CHANGES_BETWEEN_PRUNINGS = 100;

    /// The state of the sequence.
    ///
    /// @param latest the number of the latest change
    /// @param pruned the number up to which changes are no longer listed
    record Numbers(long latest, long pruned) {}

    Numbers numbers() {
        return access.client()
                .sql("select number, pruned from probe_clock")
                .query((row, _) -> new Numbers(row.getLong("number"), row.getLong("pruned")))
                .single();
    }

    /// Takes the number after the known one.
    ///
    /// @throws OutdatedDefinitionsException where another replica has taken it
    void requireLatest(JdbcTemplate jdbc, long known) {
        int advanced =
                jdbc.update("update probe_clock set number = ? where number = ?", known + 1, known);
        if (advanced == 0) {
            throw new OutdatedDefinitionsException();
        }
    }

    /// Lists the names of a change, and notifies the other replicas.
    void add(JdbcTemplate jdbc, long number, List<String> names) {
        Instant now = clock.instant();
        jdbc.batchUpdate(
                "insert into probe_change (number, probe_id, name, at) values (?, ?, ?, ?)",
                names.stream()
                        .map(
                                name ->
                                        new Object[] {
                                            number, ResourceName.key(name), name, Micros.of(now)
                                        })
                        .toList());
        if (number % CHANGES_BETWEEN_PRUNINGS == 0) {
            jdbc.update("delete from probe_change where at < ?", Micros.of(now.minus(LISTED)));
            jdbc.update(
                    "update probe_clock set pruned = (select min(number) - 1 from probe_change)");
        }
        jdbc.query(TELL, _ -> {});
    }
}
