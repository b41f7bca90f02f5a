package dev.sonde.listen.record;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// The connections that are open or recorded, by their ends. Safe for any thread.
public final class Traces {

    private final Map<FourTuple, ConnectionLog> byEnds = new ConcurrentHashMap<>();

    /// A later connection between the same ends takes the place of an earlier one.
    public void add(ConnectionLog log) {
        byEnds.put(log.ends(), log);
    }

    void remove(ConnectionLog log) {
        byEnds.remove(log.ends(), log);
    }

    /// The connection between two ends, if it is remembered.
    ///
    /// @param sinceNanos what was accepted before is an earlier connection between the same ends
    public Optional<ConnectionLog> find(FourTuple ends, long sinceNanos) {
        return Optional.ofNullable(byEnds.get(ends))
                .filter(log -> log.startNanos() - sinceNanos >= 0);
    }

    public int size() {
        return byEnds.size();
    }
}
