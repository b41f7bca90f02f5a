package dev.sonde.store;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.keeping.ForeignChanges;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.StoreMark;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.store.bytes.Micros;
import dev.sonde.store.row.DefinitionRow;
import dev.sonde.store.row.SettingsByText;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Definitions that several replicas change, each following the others. Only on PostgreSQL. For one
/// thread at a time.
///
/// Every change takes the next number of one sequence, in its own transaction. Changes of all
/// replicas therefore happen one after the other. A reader that continues from a number misses
/// none. A replica that has not read up to the latest number may not change anything.
final class SharedProbeStore implements ProbeStore {

    private static final int NUMBERS_AT_ONCE = 20;

    private static final String CHANGED =
            """
            select distinct c.name as changed_name, p.*, s.state, s.since
            from probe_change c
            left join probe p on p.id = c.probe_id
            left join probe_state s on s.probe_id = p.id
            where c.number > ? and c.number <= ?""";

    private static final String STATES =
            """
            select p.name, s.state, s.since
            from probe_state s join probe p on p.id = s.probe_id
            where s.since >= ?""";

    /// The oldest transaction that has not ended. Later readers miss nothing of earlier ones.
    private static final String MARK =
            """
            select txid_snapshot_xmin(txid_current_snapshot()) as oldest,
                cast(pg_postmaster_start_time() as text) as server""";

    /// States of the mark's transaction and of later ones; all where the mark is another server's.
    /// PostgreSQL keeps 32 bits of a transaction's number with each row.
    private static final String WRITTEN_AFTER =
            STATES
                    + " and (age(s.xmin) <= age(cast(cast(? as text) as xid))"
                    + " or cast(pg_postmaster_start_time() as text) <> ?)";

    private static final long TRANSACTION_BITS = 0xFFFF_FFFFL;

    private final Database database;
    private final SqlProbeStore store;
    private final ChangeLog log;

    /// The number up to which all changes are known here. Written by the thread whose turn it is,
    /// read by any.
    private volatile long known;

    SharedProbeStore(Database database, SqlProbeStore store, Clock clock) {
        this.database = database;
        this.store = store;
        this.log = new ChangeLog(database, clock);
    }

    @Override
    public void change(
            List<ProbeDefinition> created,
            List<ProbeDefinition> replaced,
            List<String> deleted,
            Runnable more) {
        List<String> names =
                Stream.concat(
                                Stream.concat(created.stream(), replaced.stream())
                                        .map(ProbeDefinition::name),
                                deleted.stream())
                        .toList();
        if (names.isEmpty()) {
            database.inTransaction(_ -> more.run());
            return;
        }
        change(
                names,
                jdbc -> {
                    SqlProbeStore.delete(jdbc, deleted);
                    store.save(jdbc, created, replaced);
                    more.run();
                });
    }

    @Override
    public void delete(String name) {
        change(List.of(name), jdbc -> SqlProbeStore.delete(jdbc, List.of(name)));
    }

    @Override
    public OptionalLong version() {
        return OptionalLong.of(known);
    }

    @Override
    public void forEach(Consumer<StoredProbe> consumer) {
        // What is changed while this reads has a later number and is read once more.
        known = log.numbers().latest();
        store.forEach(consumer);
    }

    @Override
    public Optional<StoredProbe> find(String name) {
        return store.find(name);
    }

    @Override
    public ForeignChanges foreignChanges() {
        ChangeLog.Numbers now = log.numbers();
        if (now.latest() <= known) {
            return ForeignChanges.NONE;
        }
        if (known < now.pruned()) {
            return ForeignChanges.UNKNOWN;
        }
        ForeignChanges changes = ForeignChanges.NONE;
        while (changes.isEmpty() && known < now.latest()) {
            long to = Math.min(now.latest(), known + NUMBERS_AT_ONCE);
            changes = changes(known, to);
            known = to;
        }
        return changes;
    }

    @Override
    public StoreMark statesSince(
            Instant since, @Nullable StoreMark after, BiConsumer<String, ProbeHealth> consumer) {
        StoreMark mark =
                database.client()
                        .sql(MARK)
                        .query(
                                (row, _) ->
                                        new StoreMark(
                                                row.getLong("oldest"), row.getString("server")))
                        .single();
        JdbcClient.StatementSpec states =
                after == null
                        ? database.client().sql(STATES).param(Micros.of(since))
                        : database.client()
                                .sql(WRITTEN_AFTER)
                                .param(Micros.of(since))
                                .param(Long.toString(after.transaction() & TRANSACTION_BITS))
                                .param(after.server());
        states.query(
                row -> {
                    String state = row.getString("state");
                    if (DefinitionRow.isKnownState(state)) {
                        Instant entered = Micros.instant(row, "since");
                        consumer.accept(
                                row.getString("name"),
                                new ProbeHealth(DefinitionRow.state(state), entered, 0));
                    }
                });
        return mark;
    }

    private void change(List<String> names, Consumer<JdbcTemplate> work) {
        long next = known + 1;
        database.inTransaction(
                jdbc -> {
                    log.requireLatest(jdbc, known);
                    work.accept(jdbc);
                    log.add(jdbc, next, names);
                });
        known = next;
    }

    private ForeignChanges changes(long after, long to) {
        List<StoredProbe> there = new ArrayList<>();
        Set<String> gone = new HashSet<>();
        SettingsByText known = new SettingsByText();
        database.client()
                .sql(CHANGED)
                .param(after)
                .param(to)
                .query(
                        row -> {
                            if (row.getString("name") == null) {
                                gone.add(row.getString("changed_name"));
                            } else {
                                SqlProbeStore.readable(row, known).ifPresent(there::add);
                            }
                        });
        return new ForeignChanges(false, there, List.copyOf(gone));
    }
}
