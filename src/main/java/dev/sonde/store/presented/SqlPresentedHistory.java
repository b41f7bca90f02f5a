package dev.sonde.store.presented;

import dev.sonde.history.Presented;
import dev.sonde.history.PresentedHistory;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.store.access.Access;
import dev.sonde.store.bytes.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/// Certificates that probes saw: the latest chain of each probe and address. The thread that writes
/// adds them, where they changed and every ten minutes; any thread reads.
public final class SqlPresentedHistory implements PresentedHistory {

    private static final Logger log = LoggerFactory.getLogger(SqlPresentedHistory.class);

    private static final String INSERT =
            """
            insert into presented_certificate (probe_id, address, place, target, subject, issuer,
                not_before, not_after, verified, reason, seen_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    private static final String SELECT =
            """
            select c.*, p.name from presented_certificate c join probe p on p.id = c.probe_id
            where c.seen_at >= p.created_at and c.not_after < :before
            order by c.not_after, p.name, c.address, c.place limit :rows offset :skip""";

    private final Access access;

    private final KnownChains known = new KnownChains();

    public SqlPresentedHistory(Access access) {
        this.access = access;
    }

    /// Adds what results saw that have been written.
    public void record(List<ProbeResult> results) {
        List<SeenChain> changed = new ArrayList<>();
        for (ProbeResult result : results) {
            for (AttemptResult attempt : result.attempts()) {
                SeenChain seen = SeenChain.of(result, attempt);
                if (seen != null && !known.contains(seen)) {
                    changed.add(seen);
                }
            }
        }
        if (!changed.isEmpty()) {
            write(changed);
        }
    }

    private void write(List<SeenChain> changed) {
        try {
            access.write(jdbc -> changed.forEach(seen -> write(jdbc, seen)));
        } catch (DataAccessException | TransactionException e) {
            log.atDebug().setCause(e).log("certificates that probes saw cannot be stored and wait");
            return;
        }
        known.written(changed);
    }

    private static void write(JdbcTemplate jdbc, SeenChain seen) {
        SeenChain.Place place = seen.place();
        jdbc.update(
                "delete from presented_certificate where probe_id = ? and address = ?",
                place.probe(),
                place.address());
        Boolean isVerified = seen.report().isVerified();
        List<Object[]> rows = new ArrayList<>();
        for (CertificateFacts facts : seen.report().chain()) {
            rows.add(
                    new @Nullable Object[] {
                        place.probe(),
                        place.address(),
                        rows.size(),
                        seen.result().target().toString(),
                        facts.subject(),
                        facts.issuer(),
                        facts.notBefore().getEpochSecond(),
                        facts.notAfter().getEpochSecond(),
                        isVerified == null ? null : isVerified ? 1 : 0,
                        seen.reason(),
                        Micros.of(seen.result().startedAt())
                    });
        }
        jdbc.batchUpdate(INSERT, rows);
    }

    @Override
    public List<Presented> presented(@Nullable Instant before, long skip, int limit) {
        return access.client()
                .sql(SELECT)
                .param("before", before == null ? Long.MAX_VALUE : before.getEpochSecond())
                .param("rows", limit)
                .param("skip", skip)
                .query((row, _) -> presented(row))
                .list();
    }

    private Presented presented(ResultSet row) throws SQLException {
        String address = row.getString("address");
        Instant later = known.latest(new SeenChain.Place(row.getLong("probe_id"), address));
        return new Presented(
                row.getString("name"),
                row.getString("target"),
                address,
                row.getString("subject"),
                row.getString("issuer"),
                Instant.ofEpochSecond(row.getLong("not_before")),
                Instant.ofEpochSecond(row.getLong("not_after")),
                row.getObject("verified") == null ? null : (Boolean) (row.getInt("verified") == 1),
                row.getString("reason"),
                later == null ? Micros.instant(row, "seen_at") : later);
    }

    /// Removes what was not seen again since then, and all of probes that are no more.
    public static void removeOlder(Access access, Instant limit) {
        access.inTransaction(
                jdbc ->
                        jdbc.update(
                                "delete from presented_certificate where seen_at < ?"
                                        + " or probe_id not in (select id from probe)",
                                Micros.of(limit)));
    }
}
