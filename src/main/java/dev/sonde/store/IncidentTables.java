package dev.sonde.store;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.finding.Verdict;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.buffer.IdentifiedTransition;
import dev.sonde.store.bytes.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Incidents on their way into SQL, in the transaction of the results and transitions that make
/// them. The order of ids counts, so a batch may hold its rows in any order. Safe for any thread.
final class IncidentTables {

    /// A probe has one open incident at most.
    private static final String OPEN =
            """
            insert into incident (id, probe_id, from_at, phase, reason, detail, first_key,
                first_result, counted, failed_runs)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict do nothing""";

    private static final String OPEN_ONE =
            "select id from incident where probe_id = ? and to_at is null";

    private static final String END =
            """
            update incident set to_at = ?, ended_by = ?, last_key = ?, last_result = ?
            where id = ?""";

    private static final String COUNT =
            """
            update incident set failed_runs = failed_runs + 1, counted = ?
            where id = (
                    select id from incident where probe_id = ? and first_key <= ?
                    order by first_key desc limit 1)
                and counted < ? and (last_key is null or last_key > ?)""";

    static final String KEEP =
            """
            insert into kept_result (id, incident, probe_id, replica, body)
            select ?, ?, probe_id, replica, body from result where id = ?
            on conflict do nothing""";

    private static final String FORGET =
            """
            update incident set to_at = ?, ended_by = 'deleted'
            where probe_id = ? and to_at is null""";

    private static final String DOWN_WITHOUT =
            """
            select s.probe_id from probe_state s where s.state = 'down' and not exists (
                select 1 from incident i where i.probe_id = s.probe_id and i.to_at is null)""";

    private final Database database;
    private final Dialect dialect;

    /// Probes that may be down without an incident, because they went down in maintenance. The
    /// writer's own; null before the first batch.
    private @Nullable Set<Long> suspects;

    IncidentTables(Database database) {
        this.database = database;
        this.dialect = database.dialect();
    }

    void suspect(String probe) {
        suspects().add(ResourceName.key(probe));
    }

    private Set<Long> suspects() {
        Set<Long> known = suspects;
        if (known == null) {
            known = new HashSet<>(database.client().sql(DOWN_WITHOUT).query(Long.class).list());
            suspects = known;
        }
        return known;
    }

    void write(
            JdbcTemplate jdbc, List<ProbeResult> results, List<IdentifiedTransition> transitions) {
        for (IdentifiedTransition each : transitions) {
            Transition transition = each.transition();
            if (transition.to() == ProbeState.DOWN && transition.inMaintenance()) {
                suspect(transition.probe());
            } else if (transition.to() == ProbeState.DOWN) {
                open(jdbc, each);
            } else {
                end(jdbc, each);
            }
        }
        count(jdbc, results);
    }

    private void open(JdbcTemplate jdbc, IdentifiedTransition down) {
        Transition transition = down.transition();
        Transition.Row row = transition.cause().row();
        UUID first = row == null ? transition.cause().resultId() : row.firstResultId();
        Outcome outcome = row == null ? null : row.outcome();
        Phase phase = outcome == null ? null : outcome.phase();
        Instant from = row == null ? transition.at() : row.from();
        int inserted =
                jdbc.update(
                        OPEN,
                        down.id().toString(),
                        ResourceName.key(transition.probe()),
                        Micros.of(from),
                        phase == null ? null : phase.label(),
                        outcome == null ? transition.cause().reason() : outcome.reasonLabel(),
                        outcome == null ? null : outcome.detail(),
                        key(first, down),
                        first == null ? null : first.toString(),
                        key(transition.cause().resultId(), down),
                        row == null ? 1 : row.runs());
        if (inserted > 0) {
            keep(jdbc, first, down.id().toString());
        }
    }

    private void end(JdbcTemplate jdbc, IdentifiedTransition next) {
        Transition transition = next.transition();
        Transition.Row began = transition.cause().row();
        List<String> open =
                jdbc.query(
                        OPEN_ONE,
                        (row, _) -> row.getString(1),
                        ResourceName.key(transition.probe()));
        UUID last = began == null ? transition.cause().resultId() : began.firstResultId();
        for (String incident : open) {
            jdbc.update(
                    END,
                    Micros.of(began == null ? transition.at() : began.from()),
                    transition.to().label(),
                    key(last, next),
                    last == null ? null : last.toString(),
                    incident);
            keep(jdbc, last, incident);
        }
    }

    private static long key(@Nullable UUID result, IdentifiedTransition transition) {
        return (result == null ? transition.id() : result).getMostSignificantBits();
    }

    private void keep(JdbcTemplate jdbc, @Nullable UUID result, String incident) {
        if (result != null) {
            jdbc.update(KEEP, result.toString(), incident, dialect.key(result));
        }
    }

    private void count(JdbcTemplate jdbc, List<ProbeResult> results) {
        List<Object[]> failed = new ArrayList<>();
        for (ProbeResult result : results) {
            if (result.verdict() == Verdict.BAD && result.probe() != null) {
                if (result.inMaintenance()) {
                    suspect(result.probe());
                    continue;
                }
                if (suspects().contains(ResourceName.key(result.probe()))) {
                    openAfterMaintenance(jdbc, result);
                }
                long key = result.id().getMostSignificantBits();
                failed.add(new Object[] {key, ResourceName.key(result.probe()), key, key, key});
            }
        }
        jdbc.batchUpdate(COUNT, failed);
    }

    /// The first bad run after a maintenance in which its probe went down begins the incident. The
    /// next bad run of the probe finds that incident, and the probe is no suspect any more.
    private void openAfterMaintenance(JdbcTemplate jdbc, ProbeResult result) {
        String probe = String.valueOf(result.probe());
        boolean isDown =
                jdbc.query(
                                        DOWN_WITHOUT + " and s.probe_id = ?",
                                        (row, _) -> row.getLong(1),
                                        ResourceName.key(probe))
                                .size()
                        == 1;
        if (!isDown) {
            suspects().remove(ResourceName.key(probe));
            return;
        }
        Transition.Row row = Transition.Row.from(result);
        open(
                jdbc,
                new IdentifiedTransition(
                        result.id(),
                        new Transition(
                                probe,
                                ProbeState.DOWN,
                                ProbeState.DOWN,
                                result.startedAt(),
                                Transition.Cause.of(result, row))));
    }

    /// Ends what is open of a deleted probe.
    static void forget(JdbcTemplate jdbc, String probe, Instant now) {
        jdbc.update(FORGET, Micros.of(now), ResourceName.key(probe));
    }

    /// Removes incidents that ended earlier, and all of probes that are no more. Of a probe that
    /// was
    /// just deleted they stay, because they keep results.
    static void removeEnded(Database database, Instant limit) {
        database.inTransaction(
                jdbc -> {
                    jdbc.update("delete from incident where to_at < ?", Micros.of(limit));
                    jdbc.update(
                            "delete from incident where probe_id not in (select id from probe)"
                                    + " and probe_id not in (select id from deleted_probe)");
                    jdbc.update(
                            "delete from kept_result where incident not in"
                                    + " (select id from incident)");
                });
    }
}
