package dev.sonde.store.incident;

import dev.sonde.store.access.Access;
import dev.sonde.store.buffer.WaitingResult;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/// Time before some runs in which nobody watched their probes, on its way to the incidents of that
/// time. For one thread.
public final class UnwatchedTime {

    private static final Logger log = LoggerFactory.getLogger(UnwatchedTime.class);

    private static final String ADD =
            """
            update incident set unwatched_millis = unwatched_millis + ?
            where id = (
                    select id from incident where probe_id = ? and first_key <= ?
                    order by first_key desc limit 1)
                and first_key < ? and (last_key is null or last_key >= ?)""";

    private final Access access;
    private final List<Object[]> rows = new ArrayList<>();

    public UnwatchedTime(Access access) {
        this.access = access;
    }

    /// Adds the time before a run.
    public void add(WaitingResult run, long millis) {
        if (millis > 0) {
            long key = run.result().id().getMostSignificantBits();
            rows.add(new Object[] {millis, run.key(), key, key, key});
        }
    }

    /// Writes what was added. It is lost if the database refuses.
    public void write() {
        if (rows.isEmpty()) {
            return;
        }
        try {
            access.write(jdbc -> jdbc.batchUpdate(ADD, rows));
        } catch (DataAccessException | TransactionException e) {
            log.atDebug().setCause(e).log("unwatched time of incidents cannot be stored");
        }
    }
}
