package dev.sonde.store.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/// The ids of results and transitions, as one database keeps them. Safe for any thread.
public interface ResultKeys {

    /// The columns of a result's id, as they stand in a statement.
    String idColumns();

    /// The same of a result `r`.
    default String idColumnsOfR() {
        return "r." + idColumns().replace(", ", ", r.");
    }

    /// The values of those columns.
    Object[] idValues(UUID id);

    /// The value that ids are ordered by, of results and of transitions.
    Object key(UUID id);

    /// The condition that a row `r` belongs to the probe `p` of its name, not to a deleted one.
    String isOfThisProbe();

    /// A result's id.
    UUID id(ResultSet row) throws SQLException;

    /// A transition's id, as far as it is kept.
    UUID transitionId(ResultSet row) throws SQLException;
}
