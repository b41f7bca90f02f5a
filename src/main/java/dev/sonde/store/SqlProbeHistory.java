package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.HistoryQuery;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.buffer.IdentifiedTransition;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.OutcomeNumber;
import dev.sonde.store.bytes.ResultCodec;
import dev.sonde.store.incident.KeptResults;
import dev.sonde.store.row.TransitionRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Queries over stored results and transitions. Safe for any thread.
///
/// Ids decide ownership and order, never the clock. A smaller id than the probe's first belongs to
/// a deleted probe of the same name. Such rows are removed by age, and are found by their ids only.
final class SqlProbeHistory implements ProbeHistory {

    private static final UUID LAST_ID = new UUID(Long.MAX_VALUE, -1L);

    private static final String RESULTS =
            """
            select {id}, body, replica from result
            where probe_id = :probe and id >= :from and id < :before""";

    private static final String SINCE = " and (started_at is null or started_at >= :since)";

    private static final String UNTIL =
            " and (started_at < :until or (started_at is null and id < :until_id))";

    private static final String NEWEST_FIRST = " order by id desc limit :rows";

    private static final String RESULT =
            """
            select {id}, r.body, r.replica, coalesce(p.name, d.name) as name
            from result r left join probe p on p.id = r.probe_id
            left join deleted_probe d on d.id = r.probe_id
            where r.id = :id and coalesce(p.name, d.name) is not null""";

    private static final String LATEST =
            """
            select {id}, r.body, r.replica, p.name
            from probe p join result r on r.id = (
                select l.id from result l where l.probe_id = p.id order by l.id desc limit 1)
            where p.id in (:probes)""";

    private static final String TRANSITIONS =
            """
            select id, from_state, to_state, at, result_id, reason, detail, in_maintenance from transition
            where probe_id = :probe and id >= :from and id < :before
            order by id desc limit :rows""";

    private final JdbcClient client;
    private final Dialect dialect;
    private final String results;
    private final String result;
    private final String latest;

    SqlProbeHistory(Database database) {
        this.client = database.client();
        this.dialect = database.dialect();
        this.results = RESULTS.replace("{id}", dialect.idColumns());
        String ofRow = dialect.idColumnsOfR();
        this.result = RESULT.replace("{id}", ofRow);
        this.latest = LATEST.replace("{id}", ofRow) + " and " + dialect.isOfThisProbe();
    }

    @Override
    public Page<ProbeResult> results(String probe, HistoryQuery query) {
        UUID cursor = query.cursor() == null ? LAST_ID : UUID.fromString(query.cursor());
        String label = query.outcome();
        String outcome = label == null ? "" : " and outcome = " + OutcomeNumber.number(label);
        Optional<UUID> first = firstId(probe);
        if (first.isEmpty()) {
            return Page.empty();
        }
        Instant since = query.since();
        Instant until = query.until();
        String times = (since == null ? "" : SINCE) + (until == null ? "" : UNTIL);
        List<ProbeResult> rows =
                client.sql(results + times + outcome + NEWEST_FIRST)
                        .param("probe", ResourceName.key(probe))
                        .param("from", dialect.key(later(first.get(), since)))
                        .param("before", dialect.key(cursor))
                        .param("since", Micros.ofNullable(since))
                        .param("until", Micros.ofNullable(until))
                        .param(
                                "until_id",
                                until == null ? null : dialect.key(ResultCodec.firstId(until)))
                        .param("rows", query.limit() + 1)
                        .query((row, _) -> result(row, probe))
                        .list();
        return Page.of(rows, query.limit(), result -> result.id().toString());
    }

    @Override
    public List<ProbeResult> latest(Collection<String> probes) {
        if (probes.isEmpty()) {
            return List.of();
        }
        return client.sql(latest)
                .param("probes", probes.stream().map(ResourceName::key).toList())
                .query((row, _) -> result(row, row.getString("name")))
                .list();
    }

    @Override
    public Optional<ProbeResult> result(UUID id) {
        return client.sql(result)
                .param("id", dialect.key(id))
                .query((row, _) -> result(row, row.getString("name")))
                .optional()
                .filter(found -> found.id().equals(id))
                .or(() -> KeptResults.find(client, id));
    }

    @Override
    public Optional<UUID> greatestId() {
        Optional<UUID> result =
                client.sql(
                                "select %s from result order by id desc limit 1"
                                        .formatted(dialect.idColumns()))
                        .query((row, _) -> dialect.id(row))
                        .optional();
        Optional<UUID> transition =
                client.sql("select id from transition order by id desc limit 1")
                        .query((row, _) -> dialect.transitionId(row))
                        .optional();
        return Stream.of(result, transition)
                .flatMap(Optional::stream)
                .max(Comparator.comparingLong(UUID::getMostSignificantBits));
    }

    @Override
    public Page<Transition> transitions(String probe, @Nullable String cursor, int limit) {
        UUID before = cursor == null ? LAST_ID : UUID.fromString(cursor);
        Optional<UUID> first = firstId(probe);
        if (first.isEmpty()) {
            return Page.empty();
        }
        List<IdentifiedTransition> rows =
                client.sql(TRANSITIONS)
                        .param("probe", ResourceName.key(probe))
                        .param("from", dialect.key(first.get()))
                        .param("before", dialect.key(before))
                        .param("rows", limit + 1)
                        .query((row, _) -> TransitionRow.read(dialect, row, probe))
                        .list();
        Page<IdentifiedTransition> page = Page.of(rows, limit, row -> row.id().toString());
        return new Page<>(
                page.items().stream().map(IdentifiedTransition::transition).toList(), page.next());
    }

    /// The first id of a probe's own history. Smaller ids belong to a deleted probe of the same
    /// name.
    private Optional<UUID> firstId(String probe) {
        return client.sql("select first_id from probe where id = :id")
                .param("id", ResourceName.key(probe))
                .query((row, _) -> new UUID(row.getLong("first_id"), 0))
                .optional();
    }

    /// A result's id is never behind its start.
    private static UUID later(UUID first, @Nullable Instant since) {
        UUID other = since == null ? first : ResultCodec.firstId(since);
        return other.getMostSignificantBits() > first.getMostSignificantBits() ? other : first;
    }

    private ProbeResult result(ResultSet row, String probe) throws SQLException {
        return ResultCodec.read(dialect.id(row), probe, row.getBytes("body"))
                .withReplica(row.getString("replica"));
    }
}
