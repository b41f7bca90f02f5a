package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Transition;
import dev.sonde.store.buffer.IdentifiedTransition;
import dev.sonde.store.buffer.WaitingResult;
import dev.sonde.store.evidence.EvidenceRows;
import dev.sonde.store.evidence.WaitingEvidence;
import dev.sonde.store.incident.IncidentTables;
import dev.sonde.store.presented.SqlPresentedHistory;
import dev.sonde.store.row.ResultRow;
import dev.sonde.store.row.TransitionRow;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/// Results and transitions on their way into SQL. Safe for any thread.
final class HistoryTables {

    private static final String SET_STATE =
            """
            insert into probe_state (probe_id, state, since) values (?, ?, ?)
            on conflict (probe_id) do update set state = excluded.state, since = excluded.since""";

    /// Only on PostgreSQL. Of two replicas that both ran a probe the newer state stays.
    private static final String SET_NEWER_STATE =
            """
            insert into probe_state as s (probe_id, state, since) values (?, ?, ?)
            on conflict (probe_id) do update set state = excluded.state, since = excluded.since
            where s.since <= excluded.since""";

    private final Database database;
    private final Dialect dialect;
    private final String insertResult;
    private final String setState;
    private final IncidentTables incidents;
    private final Rollups rollups;
    private final SqlPresentedHistory presented;
    private final EvidenceRows evidence;
    private final @Nullable LostRollups lost;

    private final WriterWork work = new WriterWork();

    /// The only one that writes to the database.
    HistoryTables(Database database, Rollups rollups, SqlPresentedHistory presented) {
        this(database, rollups, presented, SET_STATE, null);
    }

    private HistoryTables(
            Database database,
            Rollups rollups,
            SqlPresentedHistory presented,
            String setState,
            @Nullable LostRollups lost) {
        this.database = database;
        this.dialect = database.dialect();
        this.insertResult = ResultRow.insert(dialect);
        this.setState = setState;
        this.incidents = new IncidentTables(database);
        this.rollups = rollups;
        this.presented = presented;
        this.evidence = new EvidenceRows(dialect::key);
        this.lost = lost;
    }

    /// The tables of one of several replicas.
    static HistoryTables ofReplica(
            Database database,
            Rollups rollups,
            SqlPresentedHistory presented,
            @Nullable LostRollups lost) {
        return new HistoryTables(database, rollups, presented, SET_NEWER_STATE, lost);
    }

    /// Whether something could be written now.
    ///
    /// @throws dev.sonde.store.embedded.UnwritableDatabaseException where it could not
    void requireRoom() {
        database.requireRoom();
    }

    /// Writes all of both, or nothing if this throws.
    void write(List<ProbeResult> results, List<IdentifiedTransition> transitions) {
        write(results.stream().map(WaitingResult::of).toList(), transitions, List.of());
    }

    /// The same with evidence of results that are here or were written before.
    void write(
            List<WaitingResult> buffered,
            List<IdentifiedTransition> transitions,
            List<WaitingEvidence> late) {
        database.requireRoom();
        List<WaitingResult> waiting = buffered.stream().map(WaitingResult::whole).toList();
        List<ProbeResult> results = waiting.stream().map(WaitingResult::result).toList();
        rollups.begin();
        dialect.prepare(database, results);
        try {
            database.write(
                    jdbc -> {
                        jdbc.batchUpdate(
                                insertResult,
                                waiting.stream().map(it -> ResultRow.of(dialect, it)).toList());
                        writeTransitions(jdbc, transitions);
                        incidents.write(jdbc, results, transitions);
                        evidence.write(jdbc, late);
                    });
        } catch (DataIntegrityViolationException e) {
            dialect.refused();
            throw e;
        }
        rollups.record(waiting);
        presented.record(results);
    }

    /// Does a small part of the work on roll-ups, and the work that other threads submitted.
    ///
    /// @return milliseconds until there is more to do; 0 where the next round goes on
    long upkeep() {
        long restMillis = rollups.upkeep();
        if (lost != null) {
            restMillis = Math.min(restMillis, lost.upkeep());
        }
        return work.run() ? 0 : restMillis;
    }

    /// The work of other threads for the writer.
    WriterWork work() {
        return work;
    }

    /// A probe is down and has no incident, because it is under maintenance.
    void suspect(String probe) {
        incidents.suspect(probe);
    }

    /// Writes what is in memory of the roll-ups, at the end.
    void flush() {
        rollups.flushAll();
    }

    private void writeTransitions(JdbcTemplate jdbc, List<IdentifiedTransition> transitions) {
        jdbc.batchUpdate(
                TransitionRow.INSERT,
                transitions.stream().map(it -> TransitionRow.of(dialect, it)).toList());
        jdbc.batchUpdate(
                setState, latest(transitions).stream().map(it -> TransitionRow.state(it)).toList());
    }

    /// The latest transition of each probe. PostgreSQL's driver makes one statement of a batch, and
    /// such a statement sets no row twice.
    private static Collection<Transition> latest(List<IdentifiedTransition> transitions) {
        Map<String, Transition> latest = new LinkedHashMap<>();
        for (IdentifiedTransition each : transitions) {
            latest.merge(
                    each.transition().probe(),
                    each.transition(),
                    (before, next) -> next.at().isBefore(before.at()) ? before : next);
        }
        return latest.values();
    }
}
