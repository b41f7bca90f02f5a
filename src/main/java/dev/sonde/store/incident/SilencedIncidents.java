package dev.sonde.store.incident;

import dev.sonde.maintenance.MaintenanceWindow;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Verdict;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.access.ResultKeys;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.ResultCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/// Incidents of a probe, part of which turns out to have been in maintenance.
///
/// @param keys of the database
public record SilencedIncidents(ResultKeys keys) {

    private static final int SEARCHED_RUNS = 100_000;

    private static final String OVERLAPPING =
            """
            select id, from_at, to_at from incident
            where probe_id = ? and from_at < ? and (to_at is null or to_at > ?)""";

    private static final String SHORTEN =
            """
            update incident set unwatched_millis = unwatched_millis + ?,
                failed_runs = failed_runs - ?
            where id = ?""";

    private static final String BEGIN_LATER =
            """
            update incident set from_at = ?, phase = ?, reason = ?, detail = ?, first_key = ?,
                first_result = ?, failed_runs = failed_runs - ?
            where id = ?""";

    private record Found(String id, Instant from, @Nullable Instant to) {}

    /// Takes the window out of incidents.
    ///
    /// @param runs of the window that counted until now
    /// @return whether an incident that still goes on was removed
    public boolean silence(
            JdbcTemplate jdbc, String probe, MaintenanceWindow window, List<ProbeResult> runs) {
        List<Found> incidents =
                jdbc.query(
                        OVERLAPPING,
                        (row, _) ->
                                new Found(
                                        row.getString("id"),
                                        Micros.instant(row, "from_at"),
                                        Micros.nullable(row, "to_at")),
                        ResourceName.key(probe),
                        Micros.of(window.to()),
                        Micros.of(window.from()));
        boolean isLasting = false;
        for (Found incident : incidents) {
            if (incident.from().isBefore(window.from())) {
                shorten(jdbc, incident, window, runs);
            } else if (!beginsLater(jdbc, probe, incident, window, bad(incident, runs))) {
                remove(jdbc, incident.id());
                isLasting |= incident.to() == null;
            }
        }
        return isLasting;
    }

    private static long bad(Found incident, List<ProbeResult> runs) {
        Instant to = incident.to();
        return runs.stream()
                .filter(run -> run.verdict() == Verdict.BAD)
                .filter(run -> !run.startedAt().isBefore(incident.from()))
                .filter(run -> to == null || run.startedAt().isBefore(to))
                .count();
    }

    private static void shorten(
            JdbcTemplate jdbc, Found incident, MaintenanceWindow window, List<ProbeResult> runs) {
        Instant end = runs.isEmpty() ? window.from() : runs.getLast().startedAt();
        Instant to = incident.to() == null || incident.to().isAfter(end) ? end : incident.to();
        long millis = Math.max(0, Duration.between(window.from(), to).toMillis());
        jdbc.update(SHORTEN, millis, bad(incident, runs), incident.id());
    }

    private boolean beginsLater(
            JdbcTemplate jdbc, String probe, Found incident, MaintenanceWindow window, long bad) {
        ProbeResult first = firstBad(jdbc, probe, window.to(), incident.to());
        if (first == null) {
            return false;
        }
        Outcome outcome = first.outcome();
        Phase phase = outcome.phase();
        jdbc.update(
                BEGIN_LATER,
                Micros.of(first.startedAt()),
                phase == null ? null : phase.label(),
                outcome.reasonLabel(),
                outcome.detail(),
                first.id().getMostSignificantBits(),
                first.id().toString(),
                bad,
                incident.id());
        new KeptResults(keys).keep(jdbc, first.id(), incident.id());
        return true;
    }

    private @Nullable ProbeResult firstBad(
            JdbcTemplate jdbc, String probe, Instant after, @Nullable Instant before) {
        List<ProbeResult> found =
                jdbc.query(
                        "select %s, r.body from result r join probe p on p.id = r.probe_id"
                                        .formatted(keys.idColumnsOfR())
                                + " where r.probe_id = ? and r.id >= ? and "
                                + keys.isOfThisProbe()
                                + " order by r.id limit "
                                + SEARCHED_RUNS,
                        (row, _) -> ResultCodec.read(keys.id(row), probe, row.getBytes("body")),
                        ResourceName.key(probe),
                        keys.key(ResultCodec.firstId(after)));
        return found.stream()
                .filter(run -> run.verdict() == Verdict.BAD && !run.inMaintenance())
                .filter(run -> !run.startedAt().isBefore(after))
                .filter(run -> before == null || run.startedAt().isBefore(before))
                .findFirst()
                .orElse(null);
    }

    private static void remove(JdbcTemplate jdbc, String incident) {
        jdbc.update("delete from incident where id = ?", incident);
        KeptResults.remove(jdbc, incident);
    }
}
