package dev.sonde.store.source;

import dev.sonde.definition.keeping.SetLease;
import dev.sonde.store.Database;
import java.time.Duration;

/// The lease in SQL, by the clock of the database. Only on PostgreSQL. Safe for any thread.
final class SqlSetLease implements SetLease {

    private static final String TAKE =
            """
            insert into set_lease as l (set_name, replica, until)
            values (?, ?, clock_timestamp() + ? * interval '1 millisecond')
            on conflict (set_name) do update set replica = excluded.replica, until = excluded.until
            where l.replica = excluded.replica or l.until < clock_timestamp()""";

    private final Database database;
    private final String replica;

    SqlSetLease(Database database, String replica) {
        this.database = database;
        this.replica = replica;
    }

    @Override
    public boolean take(String set, Duration length) {
        int[] taken = new int[1];
        database.inTransaction(
                jdbc -> taken[0] = jdbc.update(TAKE, set, replica, length.toMillis()));
        return taken[0] == 1;
    }

    @Override
    public void release(String set) {
        database.inTransaction(
                jdbc ->
                        jdbc.update(
                                "delete from set_lease where set_name = ? and replica = ?",
                                set,
                                replica));
    }
}
