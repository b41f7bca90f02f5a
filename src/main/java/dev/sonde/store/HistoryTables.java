package dev.sonde.store;

import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.PhaseTime;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.buffer.IdentifiedTransition;
import dev.sonde.store.buffer.WaitingResult;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.OutcomeNumber;
import dev.sonde.store.bytes.ResultCodec;
import dev.sonde.store.evidence.EvidenceRows;
import dev.sonde.store.evidence.WaitingEvidence;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/// Results and transitions on their way into SQL. Safe for any thread.
final class HistoryTables {

    private static final String INSERT_RESULT =
            """
            insert into result ({id}, probe_id, outcome, reason, connect_micros, started_at,
                replica, body)
            values ({values}?, ?, ?, ?, ?, ?, ?)""";

    private static final String INSERT_TRANSITION =
            """
            insert into transition (id, probe_id, from_state, to_state, at, result_id, reason,
                detail, in_maintenance)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

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

    /// Filled by any thread, emptied by the writer.
    private final Queue<Runnable> wanted = new ConcurrentLinkedQueue<>();

    /// Called by any thread that wants something. Set once, before the writer starts.
    private volatile Runnable onWanted = () -> {};

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
        String columns = dialect.idColumns();
        this.insertResult =
                INSERT_RESULT
                        .replace("{id}", columns)
                        .replace("{values}", "?, ".repeat(columns.split(",", -1).length));
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
                                insertResult, waiting.stream().map(result -> row(result)).toList());
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
        for (int left = wanted.size(); left > 0; left--) {
            Runnable next = wanted.poll();
            if (next != null) {
                next.run();
            }
        }
        return wanted.isEmpty() ? restMillis : 0;
    }

    /// Sets the action that follows each [#execute].
    void onWanted(Runnable action) {
        onWanted = action;
    }

    /// Has the writer do work at once, after the waiting rows; for any thread.
    ///
    /// @param work must not throw
    void execute(Runnable work) {
        wanted.add(work);
        onWanted.run();
    }

    /// Has work done in the writer's next round; for the writer's thread, or after [#execute].
    ///
    /// @param work must not throw
    void executeLater(Runnable work) {
        wanted.add(work);
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
        jdbc.batchUpdate(INSERT_TRANSITION, transitions.stream().map(it -> row(it)).toList());
        jdbc.batchUpdate(
                setState, latest(transitions).stream().map(it -> HistoryTables.state(it)).toList());
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

    private @Nullable Object[] row(WaitingResult waiting) {
        ProbeResult result = waiting.result();
        Object[] id = dialect.idValues(result.id());
        @Nullable Object[] row = Arrays.copyOf(id, id.length + 7);
        Outcome outcome = result.outcome();
        int next = id.length;
        row[next++] = waiting.key();
        row[next++] = OutcomeNumber.number(outcome);
        row[next++] = outcome instanceof Outcome.Succeeded ? null : outcome.reasonLabel();
        row[next++] = connectMicros(result.deciding());
        row[next++] = offTheClock(result);
        row[next++] = result.replica();
        row[next] = waiting.body();
        return row;
    }

    private static @Nullable Long connectMicros(AttemptResult attempt) {
        for (PhaseTime phase : attempt.phases()) {
            if (phase.phase() == Phase.CONNECT) {
                return TimeUnit.NANOSECONDS.toMicros(phase.tookNanos());
            }
        }
        return null;
    }

    /// When it started, where that is not the time in its id.
    private static @Nullable Long offTheClock(ProbeResult result) {
        Instant startedAt = result.startedAt();
        return startedAt.toEpochMilli() == ResultCodec.timeOf(result.id()).toEpochMilli()
                ? null
                : (Long) Micros.of(startedAt);
    }

    private @Nullable Object[] row(IdentifiedTransition identified) {
        Transition transition = identified.transition();
        UUID resultId = transition.cause().resultId();
        return new @Nullable Object[] {
            dialect.key(identified.id()),
            ResourceName.key(transition.probe()),
            transition.from().label(),
            transition.to().label(),
            Micros.of(transition.at()),
            resultId == null ? null : resultId.toString(),
            transition.cause().reason(),
            transition.cause().detail(),
            transition.inMaintenance() ? (Integer) 1 : null
        };
    }

    private static Object[] state(Transition transition) {
        return new Object[] {
            ResourceName.key(transition.probe()),
            transition.to().label(),
            Micros.of(transition.at())
        };
    }
}
