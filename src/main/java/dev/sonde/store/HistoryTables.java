package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.bytes.OutcomeNumber;
import dev.sonde.store.bytes.ResultCodec;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/// Results and transitions on their way into SQL. Safe for any thread.
final class HistoryTables {

    private static final String INSERT_RESULT =
            "insert into result (id, probe_id, outcome, body, replica) values (?, ?, ?, ?, ?)";

    private static final String INSERT_TRANSITION =
            """
            insert into transition (probe_id, from_state, to_state, at, result_id, reason)
            values (?, ?, ?, ?, ?, ?)""";

    private static final String SET_STATE =
            """
            merge into probe_state s
            using (select cast(? as bigint) as probe_id, cast(? as varchar(8)) as state,
                cast(? as timestamp(6) with time zone) as since) v
            on s.probe_id = v.probe_id
            when matched then update set state = v.state, since = v.since
            when not matched then insert (probe_id, state, since)
                values (v.probe_id, v.state, v.since)""";

    /// On PostgreSQL alone. Of two replicas that both ran a probe the newer state stays.
    private static final String SET_NEWER_STATE =
            """
            insert into probe_state as s (probe_id, state, since) values (?, ?, ?)
            on conflict (probe_id) do update set state = excluded.state, since = excluded.since
            where s.since <= excluded.since""";

    private final Database database;
    private final String setState;

    /// The only one that writes to the database.
    HistoryTables(Database database) {
        this(database, SET_STATE);
    }

    private HistoryTables(Database database, String setState) {
        this.database = database;
        this.setState = setState;
    }

    /// One of several.
    static HistoryTables ofReplica(Database database) {
        return new HistoryTables(database, SET_NEWER_STATE);
    }

    /// Writes all of both or, when this throws, nothing.
    void write(List<ProbeResult> results, List<Transition> transitions) {
        database.write(
                jdbc -> {
                    jdbc.batchUpdate(
                            INSERT_RESULT, results.stream().map(HistoryTables::row).toList());
                    writeTransitions(jdbc, transitions);
                });
    }

    private void writeTransitions(JdbcTemplate jdbc, List<Transition> transitions) {
        jdbc.batchUpdate(INSERT_TRANSITION, transitions.stream().map(HistoryTables::row).toList());
        jdbc.batchUpdate(setState, transitions.stream().map(HistoryTables::state).toList());
    }

    private static Object[] row(ProbeResult result) {
        String probe = result.probe();
        if (probe == null) {
            throw new IllegalArgumentException("not a scheduled probe's result: " + result.id());
        }
        return new Object[] {
            result.id(),
            ResourceName.key(probe),
            OutcomeNumber.number(result.outcome()),
            ResultCodec.write(result),
            result.replica()
        };
    }

    private static Object[] row(Transition transition) {
        return new Object[] {
            ResourceName.key(transition.probe()),
            transition.from().label(),
            transition.to().label(),
            DefinitionRow.timestamp(transition.at()),
            transition.cause().resultId(),
            transition.cause().reason()
        };
    }

    private static Object[] state(Transition transition) {
        return new Object[] {
            ResourceName.key(transition.probe()),
            transition.to().label(),
            DefinitionRow.timestamp(transition.at())
        };
    }
}
