package dev.sonde.store;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.HistoryQuery;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.keeping.ProbeHistory;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.bytes.OutcomeNumber;
import dev.sonde.store.bytes.ResultCodec;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Queries over what was kept. Safe for any thread.
///
/// What is older than a probe's creation belonged to a deleted probe of the same name: it is not
/// shown, and goes with its age.
final class SqlProbeHistory implements ProbeHistory {

    private static final UUID LAST_ID = new UUID(-1L, -1L);

    private static final String RESULTS =
            """
            select id, body, replica from result
            where probe_id = :probe and id >= :from and id < :before""";

    private static final String NEWEST_FIRST =
            " order by probe_id desc, id desc fetch first :rows rows only";

    private static final String RESULT =
            """
            select r.id, r.body, r.replica, p.name, p.created_at
            from result r join probe p on p.id = r.probe_id
            where r.id = :id""";

    /// Both orders of the inner one are those of its index, of which it reads the end alone.
    private static final String LATEST =
            """
            select r.id, r.body, r.replica, p.name, p.created_at
            from probe p join result r on r.id = (
                select l.id from result l where l.probe_id = p.id
                order by l.probe_id desc, l.id desc fetch first 1 rows only)
            where p.id in (:probes)""";

    private static final String TRANSITIONS =
            """
            select seq, from_state, to_state, at, result_id, reason from transition
            where probe_id = :probe and seq < :before and at >= :created
            order by probe_id desc, seq desc fetch first :rows rows only""";

    private record NumberedTransition(long seq, Transition transition) {}

    private final JdbcClient client;

    SqlProbeHistory(Database database) {
        this.client = database.client();
    }

    @Override
    public Page<ProbeResult> results(String probe, HistoryQuery query) {
        UUID cursor = query.cursor() == null ? LAST_ID : UUID.fromString(query.cursor());
        String label = query.outcome();
        String outcome = label == null ? "" : " and outcome = " + OutcomeNumber.number(label);
        Optional<Instant> created = createdAt(probe);
        if (created.isEmpty()) {
            return Page.empty();
        }
        Instant until = query.until();
        List<ProbeResult> rows =
                client.sql(RESULTS + outcome + NEWEST_FIRST)
                        .param("probe", ResourceName.key(probe))
                        .param("from", ResultCodec.firstId(later(created.get(), query.since())))
                        .param("before", until == null ? cursor : earlier(cursor, until))
                        .param("rows", query.limit() + 1)
                        .query((row, _) -> result(row, probe))
                        .list();
        return page(rows, query.limit(), result -> result.id().toString());
    }

    @Override
    public List<ProbeResult> latest(Collection<String> probes) {
        if (probes.isEmpty()) {
            return List.of();
        }
        return client
                .sql(LATEST)
                .param("probes", probes.stream().map(ResourceName::key).toList())
                .query((row, _) -> shown(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<ProbeResult> result(UUID id) {
        return client.sql(RESULT)
                .param("id", id)
                .query((row, _) -> shown(row))
                .optional()
                .flatMap(Function.identity());
    }

    @Override
    public Page<Transition> transitions(String probe, @Nullable String cursor, int limit) {
        long before = cursor == null ? Long.MAX_VALUE : Long.parseLong(cursor);
        Optional<Instant> created = createdAt(probe);
        if (created.isEmpty()) {
            return Page.empty();
        }
        List<NumberedTransition> rows =
                client.sql(TRANSITIONS)
                        .param("probe", ResourceName.key(probe))
                        .param("before", before)
                        .param("created", DefinitionRow.timestamp(created.get()))
                        .param("rows", limit + 1)
                        .query((row, _) -> transition(row, probe))
                        .list();
        Page<NumberedTransition> page = page(rows, limit, row -> Long.toString(row.seq()));
        return new Page<>(
                page.items().stream().map(NumberedTransition::transition).toList(), page.next());
    }

    private Optional<Instant> createdAt(String probe) {
        return client.sql("select created_at from probe where id = :id")
                .param("id", ResourceName.key(probe))
                .query((row, _) -> DefinitionRow.instant(row, "created_at"))
                .optional();
    }

    private static Instant later(Instant created, @Nullable Instant since) {
        return since == null || since.isBefore(created) ? created : since;
    }

    private static UUID earlier(UUID cursor, Instant until) {
        UUID first = ResultCodec.firstId(until);
        boolean cursorIsLater =
                Long.compareUnsigned(
                                cursor.getMostSignificantBits(), first.getMostSignificantBits())
                        >= 0;
        return cursorIsLater ? first : cursor;
    }

    /// One row more than the page shows whether another page follows.
    private static <T> Page<T> page(List<T> rows, int limit, Function<T, String> cursor) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        List<T> items = new ArrayList<>(rows.subList(0, limit));
        return new Page<>(items, cursor.apply(items.getLast()));
    }

    private static Optional<ProbeResult> shown(ResultSet row) throws SQLException {
        ProbeResult result = result(row, row.getString("name"));
        Instant created = DefinitionRow.instant(row, "created_at");
        return result.startedAt().isBefore(created) ? Optional.empty() : Optional.of(result);
    }

    private static ProbeResult result(ResultSet row, String probe) throws SQLException {
        return ResultCodec.read(row.getObject("id", UUID.class), probe, row.getBytes("body"))
                .withReplica(row.getString("replica"));
    }

    private static NumberedTransition transition(ResultSet row, String probe) throws SQLException {
        Transition.Cause cause =
                new Transition.Cause(
                        row.getObject("result_id", UUID.class), row.getString("reason"));
        return new NumberedTransition(
                row.getLong("seq"),
                new Transition(
                        probe,
                        DefinitionRow.state(row.getString("from_state")),
                        DefinitionRow.state(row.getString("to_state")),
                        DefinitionRow.instant(row, "at"),
                        cause));
    }
}
