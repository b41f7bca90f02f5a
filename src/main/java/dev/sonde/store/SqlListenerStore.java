package dev.sonde.store;

import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import java.util.List;

/// Listeners in SQL. Safe for any thread.
final class SqlListenerStore implements ListenerStore {

    private static final String SAVE =
            """
            merge into listener l
            using (select cast(? as varchar(63)) as name, cast(? as text) as definition,
                cast(? as timestamp(6) with time zone) as since, cast(? as boolean) as paused,
                cast(? as varchar(80)) as address) v
            on l.name = v.name
            when matched then update set definition = v.definition, since = v.since,
                paused = v.paused, address = v.address
            when not matched then insert (name, definition, since, paused, address)
                values (v.name, v.definition, v.since, v.paused, v.address)""";

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
    public List<StoredListener> all() {
        return database.client()
                .sql("select * from listener order by name")
                .query((row, _) -> ListenerRow.read(row))
                .list();
    }
}
