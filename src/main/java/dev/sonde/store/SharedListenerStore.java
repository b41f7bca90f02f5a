package dev.sonde.store;

import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.keeping.HeldElsewhereException;
import dev.sonde.store.row.ListenerRow;
import java.net.InetSocketAddress;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
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
    static final String ALL = "all";

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

    /// Writes a row of this replica or of all, never another one's.
    void save(String name, Object[] row) {
        database.inTransaction(
                jdbc -> {
                    if (jdbc.update(SAVE, row) == 0) {
                        throw new HeldElsewhereException(otherHolder(name).orElse(ALL));
                    }
                });
    }

    /// The replica that has a listener of the name, other than this one.
    Optional<String> otherHolder(String listener) {
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

    static Object[] row(StoredListener listener, String owner) {
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

    void delete(String name, String owner) {
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

    static Optional<StoredListener> readable(ResultSet row) throws SQLException {
        boolean isOfAll = ALL.equals(row.getString("replica"));
        return ListenerRow.readable(row).map(each -> isOfAll ? each.ofAll() : each);
    }
}
