package dev.sonde.store;

import dev.sonde.listen.spec.ForeignListener;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.keeping.HeldElsewhereException;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The listeners of one of several replicas: names are unique among all of them. Each sees its own
/// and those of all replicas. Only on PostgreSQL. Safe for any thread.
final class SharedListenerStore implements ListenerStore {

    private static final String SAVE =
            """
            insert into listener as l (name, definition, since, paused, address, checksum, replica)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (name) do update set definition = excluded.definition,
                since = excluded.since, paused = excluded.paused, address = excluded.address,
                checksum = excluded.checksum, replica = excluded.replica
            where l.replica = excluded.replica or l.replica is null""";

    /// A row has the time of its latest change, so it differs from the row that was read before.
    private static final String SAVE_AGAIN =
            """
            update listener set definition = ?, paused = ?, address = ?, checksum = ?
            where name = ? and replica = ? and since = ?""";

    /// The owner of listeners that every replica opens. No replica has this name.
    private static final String ALL = "all";

    /// A replica writes its sign of life twice a second.
    private static final String ALIVE =
            """
            select 1 from replica_seen
            where name = ? and at > clock_timestamp() - interval '1 minute'""";

    private static final String REMOVE_LOST =
            "delete from listener where name = ? and replica = ? and not exists (" + ALIVE + ")";

    private final Database database;
    private final String replica;

    SharedListenerStore(Database database, String replica) {
        this.database = database;
        this.replica = replica;
    }

    /// @throws HeldElsewhereException where another replica has a listener of the name
    @Override
    public void save(StoredListener listener) {
        Object[] row = listener.isOfAll() ? row(listener.ofAll(), ALL) : row(listener, replica);
        save(listener.spec().name(), row);
    }

    private void save(String name, Object[] row) {
        database.inTransaction(
                jdbc -> {
                    if (jdbc.update(SAVE, row) == 0) {
                        throw new HeldElsewhereException(otherHolder(name).orElse(ALL));
                    }
                });
    }

    private Optional<String> otherHolder(String listener) {
        return database.client()
                .sql("select replica from listener where name = ? and replica not in (?, ?)")
                .param(listener)
                .param(replica)
                .param(ALL)
                .query((row, _) -> row.getString(1))
                .optional();
    }

    /// Another replica may change the row meanwhile, or remove it, with the rest of its set.
    @Override
    public void saveAddress(StoredListener listener, InetSocketAddress address) {
        @Nullable Object[] row = ListenerRow.of(listener.withAddress(address));
        database.inTransaction(
                jdbc ->
                        jdbc.update(
                                SAVE_AGAIN,
                                row[1],
                                row[3],
                                row[4],
                                row[5],
                                row[0],
                                replica,
                                row[2]));
    }

    private static Object[] row(StoredListener listener, String owner) {
        return Stream.concat(Stream.of(ListenerRow.of(listener)), Stream.of(owner)).toArray();
    }

    @Override
    public void delete(String name) {
        delete(name, replica);
    }

    @Override
    public void deleteOfAll(String name) {
        delete(name, ALL);
    }

    private void delete(String name, String owner) {
        database.inTransaction(
                jdbc ->
                        jdbc.update(
                                "delete from listener where name = ? and replica = ?",
                                name,
                                owner));
    }

    @Override
    public void inTransaction(Runnable changes) {
        database.inTransaction(_ -> changes.run());
    }

    @Override
    public List<StoredListener> all() {
        return database
                .client()
                .sql("select * from listener where replica in (?, ?) order by name")
                .param(replica)
                .param(ALL)
                .query((row, _) -> readable(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<StoredListener> readable(ResultSet row) throws SQLException {
        boolean isOfAll = ALL.equals(row.getString("replica"));
        return ListenerRow.readable(row).map(each -> isOfAll ? each.ofAll() : each);
    }

    /// The listeners of all replicas.
    ///
    /// @param clock for the times of changes
    ForeignListeners all(Clock clock) {
        return new All(clock);
    }

    private final class All implements ForeignListeners {

        private final Clock clock;

        private All(Clock clock) {
            this.clock = clock;
        }

        @Override
        public Optional<String> otherHolder(String listener) {
            return SharedListenerStore.this.otherHolder(listener);
        }

        @Override
        public Map<String, Long> ofAll() {
            return database
                    .client()
                    .sql("select name, checksum from listener where replica = ?")
                    .param(ALL)
                    .query((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                    .list()
                    .stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        }

        @Override
        public Optional<StoredListener> findHere(String listener) {
            return database.client()
                    .sql("select * from listener where name = ? and replica in (?, ?)")
                    .param(listener)
                    .param(replica)
                    .param(ALL)
                    .query((row, _) -> readable(row))
                    .optional()
                    .flatMap(each -> each);
        }

        @Override
        public Optional<StoredListener> find(String listener) {
            return database.client()
                    .sql("select * from listener where name = ? and replica <> ?")
                    .param(listener)
                    .param(replica)
                    .query((row, _) -> ListenerRow.readable(row))
                    .optional()
                    .flatMap(each -> each);
        }

        @Override
        public List<ForeignListener> ofSet(String set) {
            // The name of a set has no character with a meaning here.
            return like("%\"source\":\"" + set + "\"%").stream()
                    .filter(each -> set.equals(each.definition().source()))
                    .toList();
        }

        @Override
        public List<ForeignListener> ofSets() {
            return like("%\"source\":\"%").stream()
                    .filter(each -> each.definition().source() != null)
                    .toList();
        }

        private List<ForeignListener> like(String definition) {
            return database
                    .client()
                    .sql(
                            "select * from listener where replica <> ? and definition like ?"
                                    + " order by name")
                    .param(replica)
                    .param(definition)
                    .query((row, _) -> foreign(row))
                    .list()
                    .stream()
                    .flatMap(Optional::stream)
                    .toList();
        }

        private static Optional<ForeignListener> foreign(ResultSet row) throws SQLException {
            String holder = row.getString("replica");
            return ListenerRow.readable(row).map(each -> new ForeignListener(each, holder));
        }

        @Override
        public void save(ListenerSpec spec, String set, String holder) {
            Instant since = clock.instant().truncatedTo(ChronoUnit.MICROS);
            StoredListener fresh = new StoredListener(spec, since, false, null, null, set);
            StoredListener changed =
                    find(spec.name()).map(before -> before.changed(spec, since)).orElse(fresh);
            SharedListenerStore.this.save(spec.name(), row(changed, holder));
        }

        @Override
        public void delete(String listener, String holder) {
            SharedListenerStore.this.delete(listener, holder);
        }

        @Override
        public boolean isLost(String holder) {
            return database.client()
                    .sql("select not exists (" + ALIVE + ")")
                    .param(holder)
                    .query(Boolean.class)
                    .single();
        }

        @Override
        public boolean removeLost(String listener, String holder) {
            AtomicBoolean isRemoved = new AtomicBoolean();
            database.inTransaction(
                    jdbc -> isRemoved.set(jdbc.update(REMOVE_LOST, listener, holder, holder) > 0));
            return isRemoved.get();
        }
    }
}
