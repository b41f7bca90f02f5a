package dev.sonde.store.rollup;

import dev.sonde.history.PreviousRuns;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.access.Access;
import dev.sonde.store.access.ResultKeys;
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
public final class RawRuns implements PreviousRuns {

    private static final Logger log = LoggerFactory.getLogger(RawRuns.class);

    /// The most results of one query.
    public static final int AT_ONCE = 2_000;

    private final Access access;
    private final String replica;
    private final String page;
    private final String previous;

    /// @param replica its name; absent for a single process
    public RawRuns(Access access, @Nullable String replica) {
        this.access = access;
        this.replica = replica == null ? "" : replica;
        ResultKeys keys = access.keys();
        String ofRow = keys.idColumnsOfR();
        this.page =
                "select %s, r.body, r.replica, p.name from result r join probe p on p.id = r.probe_id"
                                .formatted(ofRow)
                        + " where r.id > :after and r.id <= :to and coalesce(r.replica, '') = :replica"
                        + " and "
                        + keys.isOfThisProbe()
                        + " order by r.id limit "
                        + AT_ONCE;
        this.previous =
                "select %s, r.started_at from result r join probe p on p.id = r.probe_id"
                                .formatted(ofRow)
                        + " where r.probe_id = :probe and r.id < :id and r.outcome <> "
                        + OutcomeNumber.number(Outcome.NOT_PROBED)
                        + " and "
                        + keys.isOfThisProbe()
                        + " order by r.id desc limit 2";
    }

    /// The first results behind an id, at most [#AT_ONCE]; fewer at the end.
    public List<ProbeResult> page(UUID after, UUID to) {
        return access.client()
                .sql(page)
                .param("after", access.keys().key(after))
                .param("to", access.keys().key(to))
                .param("replica", replica)
                .query((row, _) -> result(row))
                .list();
    }

    private ProbeResult result(ResultSet row) throws SQLException {
        return ResultCodec.read(access.keys().id(row), row.getString("name"), row.getBytes("body"))
                .withReplica(row.getString("replica"));
    }

    /// On any replica. Empty where the database refuses.
    @Override
    public List<Long> before(String probe, UUID id) {
        try {
            return access.client()
                    .sql(previous)
                    .param("probe", ResourceName.key(probe))
                    .param("id", access.keys().key(id))
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
                ? ResultCodec.timeOf(access.keys().id(row)).toEpochMilli()
                : Micros.instant(row, "started_at").toEpochMilli();
    }
}
