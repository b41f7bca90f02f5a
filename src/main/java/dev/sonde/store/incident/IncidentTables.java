package dev.sonde.store.incident;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.finding.Verdict;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.access.Access;
import dev.sonde.store.buffer.IdentifiedTransition;
import dev.sonde.store.bytes.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Incidents on their way into SQL, in the transaction of the results and transitions that make
/// them. The order of ids counts, so a batch may hold its rows in any order. Safe for any thread.
public final class IncidentTables {

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

    private static final String FORGET =
            """
            update incident set to_at = ?, ended_by = 'deleted'
            where probe_id = ? and to_at is null""";

    private final KeptResults kept;
    private final IncidentSuspects suspects;

    public IncidentTables(Access access) {
        this.kept = new KeptResults(access.keys());
        this.suspects = new IncidentSuspects(access);
    }

    /// A probe is down and has no incident, because it is under maintenance.
    public void suspect(String probe) {
        suspects.add(probe);
    }

    public void write(
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
            kept.keep(jdbc, first, down.id().toString());
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
            kept.keep(jdbc, last, incident);
        }
    }

    private static long key(@Nullable UUID result, IdentifiedTransition transition) {
        return (result == null ? transition.id() : result).getMostSignificantBits();
    }

    private void count(JdbcTemplate jdbc, List<ProbeResult> results) {
        List<Object[]> failed = new ArrayList<>();
        for (ProbeResult result : results) {
            if (result.verdict() == Verdict.BAD && result.probe() != null) {
                if (result.inMaintenance()) {
                    suspect(result.probe());
                    continue;
                }
                if (suspects.contains(result.probe())) {
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
        if (!suspects.isDownWithoutIncident(jdbc, probe)) {
            suspects.remove(probe);
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
    public static void forget(JdbcTemplate jdbc, String probe, Instant now) {
        jdbc.update(FORGET, Micros.of(now), ResourceName.key(probe));
    }
}
