package dev.sonde.store;

import dev.sonde.history.Presented;
import dev.sonde.history.PresentedHistory;
import dev.sonde.probe.finding.AttemptResult;
import dev.sonde.probe.finding.CertificateFacts;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.StepReport;
import dev.sonde.probe.finding.TlsReport;
import dev.sonde.probe.spec.AddressText;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.bytes.Micros;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/// Certificates that probes saw: the latest chain of each probe and address. The thread that writes
/// adds them, where they changed and every ten minutes; any thread reads.
final class SqlPresentedHistory implements PresentedHistory {

    private static final Logger log = LoggerFactory.getLogger(SqlPresentedHistory.class);

    private static final long EVERY_MILLIS = Duration.ofMinutes(10).toMillis();

    /// Beyond it all are forgotten here, and written again when they are seen again.
    private static final int MOST_KNOWN = 100_000;

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

    private final Database database;

    /// The content of the rows, and the times that are newer than the rows.
    private final Map<Place, Known> known = new ConcurrentHashMap<>();

    private record Place(long probe, String address) {}

    /// @param content distinguishes chains and their verdicts
    private record Known(int content, long writtenMillis, Instant seen) {}

    /// A chain that a run saw.
    private record Seen(
            Place place, ProbeResult result, TlsReport report, @Nullable String reason) {

        private int content() {
            return Objects.hash(report.chain(), report.isVerified(), reason);
        }

        private Known known(long writtenMillis) {
            return new Known(content(), writtenMillis, result.startedAt());
        }
    }

    SqlPresentedHistory(Database database) {
        this.database = database;
    }

    /// Adds what results saw that have been written.
    void record(List<ProbeResult> results) {
        List<Seen> changed = new ArrayList<>();
        for (ProbeResult result : results) {
            for (AttemptResult attempt : result.attempts()) {
                Seen seen = seen(result, attempt);
                if (seen != null && !isKnown(seen)) {
                    changed.add(seen);
                }
            }
        }
        if (!changed.isEmpty()) {
            write(changed);
        }
    }

    private static @Nullable Seen seen(ProbeResult result, AttemptResult attempt) {
        InetSocketAddress remote = attempt.remote();
        String probe = result.probe();
        if (remote == null || probe == null) {
            return null;
        }
        for (StepReport report : attempt.reports()) {
            if (report instanceof TlsReport tls && !tls.chain().isEmpty()) {
                String reason =
                        attempt.outcome() instanceof Outcome.Failed failed
                                        && failed.phase() == Phase.TLS
                                ? failed.reason().label()
                                : null;
                Place place = new Place(ResourceName.key(probe), AddressText.of(remote));
                return new Seen(place, result, tls, reason);
            }
        }
        return null;
    }

    /// Notes that it was seen again.
    private boolean isKnown(Seen seen) {
        Known before = known.get(seen.place());
        long millis = seen.result().startedAt().toEpochMilli();
        if (before == null
                || before.content() != seen.content()
                || Math.abs(millis - before.writtenMillis()) >= EVERY_MILLIS) {
            return false;
        }
        known.put(seen.place(), seen.known(before.writtenMillis()));
        return true;
    }

    private void write(List<Seen> changed) {
        try {
            database.write(jdbc -> changed.forEach(seen -> write(jdbc, seen)));
        } catch (DataAccessException | TransactionException e) {
            log.atDebug().setCause(e).log("certificates that probes saw cannot be stored and wait");
            return;
        }
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        changed.forEach(
                seen ->
                        known.put(
                                seen.place(),
                                seen.known(seen.result().startedAt().toEpochMilli())));
    }

    private static void write(JdbcTemplate jdbc, Seen seen) {
        Place place = seen.place();
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
        return database.client()
                .sql(SELECT)
                .param("before", before == null ? Long.MAX_VALUE : before.getEpochSecond())
                .param("rows", limit)
                .param("skip", skip)
                .query((row, _) -> presented(row))
                .list();
    }

    private Presented presented(ResultSet row) throws SQLException {
        String address = row.getString("address");
        Known later = known.get(new Place(row.getLong("probe_id"), address));
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
                later == null ? Micros.instant(row, "seen_at") : later.seen());
    }

    /// Removes what was not seen again since then, and all of probes that are no more.
    static void removeOlder(Database database, Instant limit) {
        database.inTransaction(
                jdbc ->
                        jdbc.update(
                                "delete from presented_certificate where seen_at < ?"
                                        + " or probe_id not in (select id from probe)",
                                Micros.of(limit)));
    }
}
