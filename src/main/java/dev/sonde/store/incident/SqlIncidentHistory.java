package dev.sonde.store.incident;

import dev.sonde.history.HistorySearch;
import dev.sonde.history.Incident;
import dev.sonde.history.IncidentHistory;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.spec.Phase;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.access.Access;
import dev.sonde.store.access.ResultKeys;
import dev.sonde.store.buffer.IdentifiedTransition;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.bytes.ResultCodec;
import dev.sonde.store.row.TransitionRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Queries over all probes' incidents and transitions. Safe for any thread.
public final class SqlIncidentHistory implements IncidentHistory {

    private static final UUID LAST_ID = new UUID(Long.MAX_VALUE, -1L);

    /// Rows that are read at once: not all may be wanted.
    private static final int ROWS = 500;

    private static final String INCIDENTS =
            """
            select i.*, p.name from incident i join probe p on p.id = i.probe_id
            where i.id < :before and i.first_key >= p.first_id
                and (i.to_at is null or i.to_at >= :since)""";

    private static final String OF_PROBES =
            """
            select i.*, p.name from incident i join probe p on p.id = i.probe_id
            where i.probe_id in (:probes) and i.first_key >= p.first_id and i.from_at < :to
                and (i.to_at is null or i.to_at > :from)""";

    private static final String TRANSITIONS =
            """
            select r.id, p.name, r.from_state, r.to_state, r.at, r.result_id, r.reason,
                r.detail, r.in_maintenance
            from transition r join probe p on p.id = r.probe_id
            where r.id < :before and r.id >= :from and r.at >= :since and\s""";

    private final JdbcClient client;
    private final ResultKeys keys;
    private final String transitions;

    public SqlIncidentHistory(Access access) {
        this.client = access.client();
        this.keys = access.keys();
        this.transitions = TRANSITIONS + keys.isOfThisProbe() + " order by r.id desc limit " + ROWS;
    }

    @Override
    public Page<Incident> incidents(HistorySearch search, @Nullable Boolean isOpen) {
        String state = isOpen == null ? "" : " and i.to_at is " + (isOpen ? "null" : "not null");
        String sql = INCIDENTS + state + " order by i.id desc limit " + ROWS;
        long since = micros(search.since());
        return page(
                search,
                before ->
                        client.sql(sql)
                                .param("before", before.toString())
                                .param("since", since)
                                .query((row, _) -> incident(row))
                                .list(),
                new Keys<>(Incident::id, Incident::probe));
    }

    @Override
    public List<Incident> incidents(Collection<String> probes, Instant from, Instant to) {
        List<String> names = List.copyOf(probes);
        List<Incident> found = new ArrayList<>();
        for (int first = 0; first < names.size(); first += ROWS) {
            List<String> some = names.subList(first, Math.min(first + ROWS, names.size()));
            client.sql(OF_PROBES)
                    .param("probes", some.stream().map(ResourceName::key).toList())
                    .param("from", micros(from))
                    .param("to", micros(to))
                    .query(
                            row -> {
                                found.add(incident(row));
                            });
        }
        return found;
    }

    @Override
    public Page<Transition> transitions(HistorySearch search) {
        Instant since = search.since() == null ? Instant.EPOCH : search.since();
        Page<IdentifiedTransition> page =
                page(
                        search,
                        before ->
                                client.sql(transitions)
                                        .param("before", keys.key(before))
                                        .param("from", keys.key(ResultCodec.firstId(since)))
                                        .param("since", micros(since))
                                        .query(
                                                (row, _) ->
                                                        TransitionRow.read(
                                                                keys, row, row.getString("name")))
                                        .list(),
                        new Keys<>(IdentifiedTransition::id, each -> each.transition().probe()));
        return new Page<>(
                page.items().stream().map(IdentifiedTransition::transition).toList(), page.next());
    }

    /// How an item is found and whose it is.
    private record Keys<T>(Function<T, UUID> id, Function<T, String> probe) {}

    private static <T> Page<T> page(
            HistorySearch search, Function<UUID, List<T>> rowsBefore, Keys<T> keys) {
        List<T> found = new ArrayList<>();
        UUID before = search.cursor() == null ? LAST_ID : UUID.fromString(search.cursor());
        while (true) {
            List<T> rows = rowsBefore.apply(before);
            for (T row : rows) {
                if (search.probes().test(keys.probe().apply(row))) {
                    if (found.size() == search.limit()) {
                        return new Page<>(found, keys.id().apply(found.getLast()).toString());
                    }
                    found.add(row);
                }
            }
            if (rows.size() < ROWS) {
                return new Page<>(found, null);
            }
            before = keys.id().apply(rows.getLast());
        }
    }

    private static long micros(@Nullable Instant at) {
        return at == null ? 0 : Micros.of(at);
    }

    private static Incident incident(ResultSet row) throws SQLException {
        String phase = row.getString("phase");
        return new Incident(
                UUID.fromString(row.getString("id")),
                row.getString("name"),
                Micros.instant(row, "from_at"),
                Micros.nullable(row, "to_at"),
                row.getString("ended_by"),
                phase == null ? null : phase(phase),
                row.getString("reason"),
                row.getString("detail"),
                id(row.getString("first_result")),
                id(row.getString("last_result")),
                row.getLong("failed_runs"),
                row.getLong("unwatched_millis"));
    }

    private static @Nullable Phase phase(String label) {
        return Arrays.stream(Phase.values())
                .filter(phase -> phase.label().equals(label))
                .findAny()
                .orElse(null);
    }

    private static @Nullable UUID id(@Nullable String text) {
        return text == null ? null : UUID.fromString(text);
    }
}
