package dev.sonde.store.rollup;

import dev.sonde.history.Bucket;
import dev.sonde.history.BucketCodec;
import dev.sonde.history.Tier;
import dev.sonde.history.Totals;
import dev.sonde.probe.spec.ResourceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The rows of roll-ups of one replica. For the thread that writes.
///
/// @param replica its name; empty for a single process
public record RollupRows(String replica) {

    /// A statement each for so many probes: a statement for each probe would be most of the cost.
    private static final int PROBES_AT_ONCE = 250;

    private static final String SELECT =
            """
            select probe_id, start, body from rollup
            where probe_id in (:probes) and tier = :tier and replica = :replica
                and start >= :first and start <= :last""";

    private static final String UPSERT =
            """
            insert into rollup (probe_id, tier, start, replica, body) values (?, ?, ?, ?, ?)
            on conflict (probe_id, tier, start, replica) do update set body = excluded.body""";

    private record Row(long probe, long start) {}

    /// Adds minutes of a probe to the rows of every tier.
    public void add(JdbcTemplate jdbc, long probe, Map<Long, Totals> minutes) {
        add(jdbc, Map.of(probe, minutes));
    }

    /// The same of many probes.
    public void add(JdbcTemplate jdbc, Map<Long, Map<Long, Totals>> probes) {
        List<Long> keys = List.copyOf(probes.keySet());
        for (int from = 0; from < keys.size(); from += PROBES_AT_ONCE) {
            List<Long> some = keys.subList(from, Math.min(from + PROBES_AT_ONCE, keys.size()));
            for (Tier tier : Tier.values()) {
                Map<Row, Map<Long, Totals>> rows = new HashMap<>();
                for (Long probe : some) {
                    collect(rows, tier, probe, probes.getOrDefault(probe, Map.of()));
                }
                if (!rows.isEmpty()) {
                    add(jdbc, tier, some, rows);
                }
            }
        }
    }

    private static void collect(
            Map<Row, Map<Long, Totals>> rows, Tier tier, long probe, Map<Long, Totals> minutes) {
        minutes.forEach(
                (at, totals) ->
                        merge(
                                rows.computeIfAbsent(
                                        new Row(probe, tier.row(at)), _ -> new TreeMap<>()),
                                tier.floor(at),
                                totals));
    }

    private void add(
            JdbcTemplate jdbc, Tier tier, List<Long> probes, Map<Row, Map<Long, Totals>> rows) {
        JdbcClient.create(jdbc)
                .sql(SELECT)
                .param("probes", probes)
                .param("tier", tier.number())
                .param("replica", replica)
                .param("first", rows.keySet().stream().mapToLong(Row::start).min().orElseThrow())
                .param("last", rows.keySet().stream().mapToLong(Row::start).max().orElseThrow())
                .query(
                        row -> {
                            var buckets = rows.get(new Row(row.getLong(1), row.getLong(2)));
                            if (buckets != null) {
                                mergeAll(buckets, row.getBytes(3));
                            }
                        });
        List<Object[]> all = new ArrayList<>(rows.size());
        rows.forEach(
                (row, buckets) ->
                        all.add(
                                new Object[] {
                                    row.probe(), tier.number(), row.start(), replica, bytes(buckets)
                                }));
        jdbc.batchUpdate(UPSERT, all);
    }

    private static void mergeAll(Map<Long, Totals> buckets, byte[] body) {
        for (Bucket bucket : BucketCodec.read(body)) {
            merge(buckets, bucket.at(), bucket.totals());
        }
    }

    private static byte[] bytes(Map<Long, Totals> buckets) {
        List<Bucket> all = new ArrayList<>(buckets.size());
        buckets.forEach((at, totals) -> all.add(new Bucket(at, totals)));
        return BucketCodec.write(all);
    }

    /// The minutes of probes by their keys.
    public static Map<Long, Map<Long, Totals>> byKey(Map<String, Map<Long, Totals>> probes) {
        Map<Long, Map<Long, Totals>> keyed = HashMap.newHashMap(probes.size());
        probes.forEach((probe, minutes) -> keyed.put(ResourceName.key(probe), minutes));
        return keyed;
    }

    public static void merge(Map<Long, Totals> buckets, long at, Totals totals) {
        buckets.computeIfAbsent(at, _ -> new Totals()).merge(totals);
    }

    /// Whether there are rows with runs of a probe between two seconds.
    public static boolean exist(JdbcClient client, long probe, Tier tier, long from, long to) {
        if (from >= to) {
            return false;
        }
        List<byte[]> bodies =
                client.sql(
                                "select body from rollup where probe_id = :probe and tier = :tier"
                                        + " and start >= :first and start < :to")
                        .param("probe", probe)
                        .param("tier", tier.number())
                        .param("first", tier.row(from))
                        .param("to", to)
                        .query((row, _) -> row.getBytes(1))
                        .list();
        return bodies.stream()
                .flatMap(body -> BucketCodec.read(body).stream())
                .anyMatch(it -> it.at() >= from && it.at() < to && it.totals().runs() > 0);
    }
}
