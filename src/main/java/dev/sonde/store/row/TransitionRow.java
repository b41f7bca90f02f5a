package dev.sonde.store.row;

import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.access.ResultKeys;
import dev.sonde.store.buffer.IdentifiedTransition;
import dev.sonde.store.bytes.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A transition to and from its row.
public final class TransitionRow {

    /// The statement that takes what [#of] makes.
    public static final String INSERT =
            """
            insert into transition (id, probe_id, from_state, to_state, at, result_id, reason,
                detail, in_maintenance)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private TransitionRow() {}

    public static @Nullable Object[] of(ResultKeys keys, IdentifiedTransition identified) {
        Transition transition = identified.transition();
        UUID resultId = transition.cause().resultId();
        return new @Nullable Object[] {
            keys.key(identified.id()),
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

    /// The columns of the state after a transition.
    public static Object[] state(Transition transition) {
        return new Object[] {
            ResourceName.key(transition.probe()),
            transition.to().label(),
            Micros.of(transition.at())
        };
    }

    public static IdentifiedTransition read(ResultKeys keys, ResultSet row, String probe)
            throws SQLException {
        String resultId = row.getString("result_id");
        Transition.Cause cause =
                new Transition.Cause(
                        resultId == null ? null : UUID.fromString(resultId),
                        row.getString("reason"),
                        row.getString("detail"));
        return new IdentifiedTransition(
                keys.transitionId(row),
                new Transition(
                        probe,
                        DefinitionRow.state(row.getString("from_state")),
                        DefinitionRow.state(row.getString("to_state")),
                        Micros.instant(row, "at"),
                        cause,
                        row.getInt("in_maintenance") == 1));
    }
}
