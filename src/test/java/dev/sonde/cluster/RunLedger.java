package dev.sonde.cluster;

import dev.sonde.probe.spec.ResourceName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;

/// Every run of a [ReplicaLab]'s probes that the database has, put into the place in the interval
/// to which it belongs: a probe runs once in each.
@SuppressWarnings("NullAway") // a null fails the test
final class RunLedger implements CpuOfRuns.RunCount {

    /// A run starts up to 5 ms ahead of its place, and an id has milliseconds.
    private static final long ROUNDING_NANOS = 7_000_000;

    private final long intervalNanos;
    private final Map<String, Map<Long, Integer>> runs = new HashMap<>();
    private final Map<String, Long> phases = new HashMap<>();

    /// The runs of each millisecond since 1970.
    private final NavigableMap<Long, Integer> byMillis = new TreeMap<>();

    /// What is wrong between two instants.
    ///
    /// @param expected places in the intervals of all probes
    record Count(long expected, long missed, long doubled) {}

    RunLedger(DataSource database, Duration interval) throws SQLException {
        intervalNanos = interval.toNanos();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            read(statement.executeQuery("select name from probe where name like 'probe-%'"), true);
            read(
                    statement.executeQuery(
                            "select p.name, r.id from result r join probe p on p.id = r.probe_id"
                                    + " where p.name like 'probe-%'"),
                    false);
        }
    }

    private void read(ResultSet rows, boolean isProbe) throws SQLException {
        while (rows.next()) {
            String name = rows.getString(1);
            if (isProbe) {
                runs.put(name, new HashMap<>());
                phases.put(name, Math.unsignedMultiplyHigh(ResourceName.key(name), intervalNanos));
            } else {
                UUID id = rows.getObject(2, UUID.class);
                Instant at = Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
                runs.get(name).merge(place(name, at), 1, Integer::sum);
                byMillis.merge(at.toEpochMilli(), 1, Integer::sum);
            }
        }
    }

    @Override
    public long runs(Instant from, Instant to) {
        return byMillis.subMap(from.toEpochMilli(), to.toEpochMilli()).values().stream()
                .mapToLong(Integer::longValue)
                .sum();
    }

    /// Counts the intervals that lie wholly between two instants.
    Count between(Instant from, Instant to) {
        long expected = 0;
        long missed = 0;
        long doubled = 0;
        for (Map.Entry<String, Map<Long, Integer>> probe : runs.entrySet()) {
            long first = place(probe.getKey(), from) + 1;
            for (long place = first; place < place(probe.getKey(), to); place++) {
                int count = probe.getValue().getOrDefault(place, 0);
                expected++;
                missed += count == 0 ? 1 : 0;
                doubled += Math.max(0, count - 1);
            }
        }
        return new Count(expected, missed, doubled);
    }

    private long place(String probe, Instant at) {
        long nanos = at.getEpochSecond() * 1_000_000_000 + at.getNano();
        return Math.floorDiv(nanos + ROUNDING_NANOS - phases.get(probe), intervalNanos);
    }
}
