package dev.sonde.store;

import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.store.row.ListenerRow;
import java.util.List;
import java.util.Optional;

/// Listeners in SQL. Safe for any thread.
final class SqlListenerStore implements ListenerStore {

    private static final String SAVE =
            """
            insert into listener (name, definition, since, paused, address, checksum)
            values (?, ?, ?, ?, ?, ?)
            on conflict (name) do update set definition = excluded.definition,
                since = excluded.since, paused = excluded.paused, address = excluded.address,
                checksum = excluded.checksum""";

    private final Database database;

    SqlListenerStore(Database database) {
        this.database = database;
    }

    @Override
    public void save(StoredListener listener) {
        database.write(jdbc -> jdbc.update(SAVE, ListenerRow.of(listener)));
    }

    @Override
    public void delete(String name) {
        database.inTransaction(jdbc -> jdbc.update("delete from listener where name = ?", name));
    }

    @Override
    public void inTransaction(Runnable changes) {
        database.inTransaction(_ -> changes.run());
    }

    @Override
    public List<StoredListener> all() {
        return database
                .client()
                .sql("select * from listener order by name")
                .query((row, _) -> ListenerRow.readable(row))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }
}
