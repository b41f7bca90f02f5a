package dev.sonde.store;

import dev.sonde.history.Bucket;
import dev.sonde.history.BucketCodec;
import dev.sonde.history.Tier;
import dev.sonde.history.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/// The rows of roll-ups of one replica. For the thread that writes.
///
/// @param replica its name; empty for a single process
record RollupRows(String replica) {

    private static final String SELECT =
            "select body from rollup where probe_id = ? and tier = ? and start = ? and replica = ?";

    private static final String UPSERT =
            """
            insert into rollup (probe_id, tier, start, replica, body) values (?, ?, ?, ?, ?)
            on conflict (probe_id, tier, start, replica) do update set body = excluded.body""";

    private record Row(long probe, Tier tier, long start) {}

    /// Adds minutes of a probe to the rows of every tier.
    void add(JdbcTemplate jdbc, long probe, Map<Long, Totals> minutes) {
        for (Tier tier : Tier.values()) {
            Map<Long, Map<Long, Totals>> rows = new HashMap<>();
            minutes.forEach(
                    (at, totals) ->
                            merge(
                                    rows.computeIfAbsent(tier.row(at), _ -> new TreeMap<>()),
                                    tier.floor(at),
                                    totals));
            rows.forEach((start, buckets) -> add(jdbc, new Row(probe, tier, start), buckets));
        }
    }

    private void add(JdbcTemplate jdbc, Row row, Map<Long, Totals> buckets) {
        List<byte[]> found =
                jdbc.query(
                        SELECT,
                        (it, _) -> it.getBytes(1),
                        row.probe(),
                        row.tier().number(),
                        row.start(),
                        replica);
        for (byte[] body : found) {
            for (Bucket bucket : BucketCodec.read(body)) {
                merge(buckets, bucket.at(), bucket.totals());
            }
        }
        List<Bucket> all = new ArrayList<>();
        buckets.forEach((at, totals) -> all.add(new Bucket(at, totals)));
        jdbc.update(
                UPSERT,
                row.probe(),
                row.tier().number(),
                row.start(),
                replica,
                BucketCodec.write(all));
    }

    static void merge(Map<Long, Totals> buckets, long at, Totals totals) {
        buckets.computeIfAbsent(at, _ -> new Totals()).merge(totals);
    }

    /// Whether there are rows with runs of a probe between two seconds.
    static boolean exist(Database database, long probe, Tier tier, long from, long to) {
        if (from >= to) {
            return false;
        }
        List<byte[]> bodies =
                database.client()
                        .sql(
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
