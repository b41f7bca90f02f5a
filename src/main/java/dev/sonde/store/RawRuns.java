package dev.sonde.store;

import dev.sonde.history.PreviousRuns;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.OutcomeNumber;
import dev.sonde.store.bytes.ResultCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// The stored results of one replica, from which its roll-ups are made after a crash. Safe for any
/// thread; every method may block.
final class RawRuns implements PreviousRuns {

    private static final Logger log = LoggerFactory.getLogger(RawRuns.class);

    /// The most results of one query.
    static final int AT_ONCE = 2_000;

    private final Database database;
    private final String replica;
    private final String page;
    private final String previous;

    /// @param replica its name; absent for a single process
    RawRuns(Database database, @Nullable String replica) {
        this.database = database;
        this.replica = replica == null ? "" : replica;
        Dialect dialect = database.dialect();
        String ofRow = "r." + dialect.idColumns().replace(", ", ", r.");
        this.page =
                "select %s, r.body, r.replica, p.name from result r join probe p on p.id = r.probe_id"
                                .formatted(ofRow)
                        + " where r.id > :after and r.id <= :to and coalesce(r.replica, '') = :replica"
                        + " and "
                        + dialect.isOfThisProbe()
                        + " order by r.id limit "
                        + AT_ONCE;
        this.previous =
                "select %s, r.started_at from result r join probe p on p.id = r.probe_id"
                                .formatted(ofRow)
                        + " where r.probe_id = :probe and r.id < :id and r.outcome <> "
                        + OutcomeNumber.number(Outcome.NOT_PROBED)
                        + " and "
                        + dialect.isOfThisProbe()
                        + " order by r.id desc limit 2";
    }

    /// The first results behind an id, at most [#AT_ONCE]; fewer at the end.
    List<ProbeResult> page(UUID after, UUID to) {
        return database.client()
                .sql(page)
                .param("after", database.dialect().key(after))
                .param("to", database.dialect().key(to))
                .param("replica", replica)
                .query((row, _) -> result(row))
                .list();
    }

    private ProbeResult result(ResultSet row) throws SQLException {
        return ResultCodec.read(
                        database.dialect().id(row), row.getString("name"), row.getBytes("body"))
                .withReplica(row.getString("replica"));
    }

    /// On any replica. Empty where the database refuses.
    @Override
    public List<Long> before(String probe, UUID id) {
        try {
            return database.client()
                    .sql(previous)
                    .param("probe", ResourceName.key(probe))
                    .param("id", database.dialect().key(id))
                    .query((row, _) -> startedMillis(row))
                    .list();
        } catch (DataAccessException e) {
            log.atDebug().setCause(e).log("the runs before cannot be read");
            return List.of();
        }
    }

    /// A single process sees every run of a probe that was created while it lives.
    @Override
    public boolean hasOthers() {
        return !replica.isEmpty();
    }

    private long startedMillis(ResultSet row) throws SQLException {
        return row.getObject("started_at") == null
                ? ResultCodec.timeOf(database.dialect().id(row)).toEpochMilli()
                : Micros.instant(row, "started_at").toEpochMilli();
    }
}
