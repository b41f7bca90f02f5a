package dev.sonde.store;

import dev.sonde.listen.spec.ForeignListener;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.store.row.ListenerRow;
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

/// The listeners of all replicas, as one of them sees them. Only on PostgreSQL. Safe for any
/// thread.
final class SqlForeignListeners implements ForeignListeners {

    /// A replica writes its sign of life twice a second.
    private static final String ALIVE =
            """
            select 1 from replica_seen
            where name = ? and at > clock_timestamp() - interval '1 minute'""";

    private static final String REMOVE_LOST =
            "delete from listener where name = ? and replica = ? and not exists (" + ALIVE + ")";

    private final Database database;
    private final String replica;
    private final SharedListenerStore own;
    private final Clock clock;

    /// @param replica the one that looks
    /// @param clock for the times of changes
    SqlForeignListeners(Database database, String replica, Clock clock) {
        this.database = database;
        this.replica = replica;
        this.own = new SharedListenerStore(database, replica);
        this.clock = clock;
    }

    @Override
    public Optional<String> otherHolder(String listener) {
        return own.otherHolder(listener);
    }

    @Override
    public Map<String, Long> ofAll() {
        return database
                .client()
                .sql("select name, checksum from listener where replica = ?")
                .param(SharedListenerStore.ALL)
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
                .param(SharedListenerStore.ALL)
                .query((row, _) -> SharedListenerStore.readable(row))
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
        own.save(spec.name(), SharedListenerStore.row(changed, holder));
    }

    @Override
    public void delete(String listener, String holder) {
        own.delete(listener, holder);
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
