package dev.sonde.store;

import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.keeping.HeldElsewhereException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The listeners of one of several replicas: names are unique among all of them, each sees its own.
/// Only on PostgreSQL. Safe for any thread.
final class SharedListenerStore implements ListenerStore {

    private static final String SAVE =
            """
            insert into listener as l (name, definition, since, paused, address, checksum, replica)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (name) do update set definition = excluded.definition,
                since = excluded.since, paused = excluded.paused, address = excluded.address,
                checksum = excluded.checksum, replica = excluded.replica
            where l.replica = excluded.replica or l.replica is null""";

    private final Database database;
    private final String replica;

    SharedListenerStore(Database database, String replica) {
        this.database = database;
        this.replica = replica;
    }

    /// @throws HeldElsewhereException where another replica has a listener of the name
    @Override
    public void save(StoredListener listener) {
        Object[] row =
                Stream.concat(Stream.of(ListenerRow.of(listener)), Stream.of(replica)).toArray();
        database.inTransaction(
                jdbc -> {
                    if (jdbc.update(SAVE, row) == 0) {
                        throw new HeldElsewhereException(
                                otherHolder(listener.spec().name()).orElse("of another name"));
                    }
                });
    }

    @Override
    public void delete(String name) {
        database.inTransaction(
                jdbc ->
                        jdbc.update(
                                "delete from listener where name = ? and replica = ?",
                                name,
                                replica));
    }

    @Override
    public List<StoredListener> all() {
        return database
                .client()
                .sql("select * from listener where replica = ? order by name")
                .param(replica)
                .query((row, _) -> ListenerRow.readable(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /// The other replica that has a listener of this name.
    Optional<String> otherHolder(String listener) {
        return database.client()
                .sql("select replica from listener where name = ? and replica <> ?")
                .param(listener)
                .param(replica)
                .query((row, _) -> row.getString(1))
                .optional();
    }
}
