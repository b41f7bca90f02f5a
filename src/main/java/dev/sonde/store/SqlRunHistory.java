package dev.sonde.store;

import dev.sonde.history.Bucket;
import dev.sonde.history.BucketCodec;
import dev.sonde.history.ForeignRuns;
import dev.sonde.history.Held;
import dev.sonde.history.RunHistory;
import dev.sonde.history.RunRecorder;
import dev.sonde.history.Totals;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.store.rollup.ForeignMarks;
import dev.sonde.store.rollup.RollupRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Roll-ups of the database and of the memory as one. Safe for any thread.
final class SqlRunHistory implements RunHistory {

    private static final int PROBES_AT_ONCE = 500;
    private static final int MOST_AGAIN = 3;

    private static final String SELECT =
            """
            select p.name, r.body from rollup r join probe p on p.id = r.probe_id
            where r.probe_id in (:probes) and r.tier = :tier and r.start >= :first
                and r.start < :to""";

    private final JdbcClient client;
    private final RunRecorder recorder;
    private final Rollups rollups;
    private final ReentrantReadWriteLock lock;

    SqlRunHistory(Database database, RunRecorder recorder, Rollups rollups) {
        this.client = database.client();
        this.recorder = recorder;
        this.rollups = rollups;
        this.lock = rollups.lock();
    }

    @Override
    public Map<String, List<Bucket>> buckets(
            Collection<String> probes, List<Stretch> stretches, ForeignRuns foreign) {
        List<String> names = List.copyOf(probes);
        Map<String, Map<Long, Totals>> found =
                foreign.parts().isEmpty()
                        ? own(names, stretches)
                        : withForeign(names, stretches, foreign);
        Map<String, List<Bucket>> buckets = new HashMap<>();
        found.forEach(
                (name, its) -> {
                    List<Bucket> list = new ArrayList<>();
                    its.forEach((at, totals) -> list.add(new Bucket(at, totals)));
                    buckets.put(name, list);
                });
        return buckets;
    }

    /// A replica that writes while the rows are read may be counted twice, so they are read again.
    private Map<String, Map<Long, Totals>> withForeign(
            List<String> names, List<Stretch> stretches, ForeignRuns foreign) {
        ForeignMarks before = ForeignMarks.read(client, foreign);
        Map<String, Map<Long, Totals>> found = own(names, stretches);
        ForeignMarks after = ForeignMarks.read(client, foreign);
        for (int i = 0; i < MOST_AGAIN && !after.equals(before); i++) {
            before = after;
            found = own(names, stretches);
            after = ForeignMarks.read(client, foreign);
        }
        for (ForeignRuns.Part part : foreign.parts()) {
            for (String name : names) {
                Held held = part.probes().get(name);
                if (held != null) {
                    int group = RunRecorder.groupOf(name);
                    for (Bucket minute : after.beyondRows(part.replica(), group, held)) {
                        add(found, name, minute.at(), minute.totals(), stretches);
                    }
                }
            }
        }
        return found;
    }

    @Override
    public Held held(String probe, long millis) {
        lock.readLock().lock();
        try {
            List<Bucket> minutes = new ArrayList<>();
            recorder.open(probe).forEach((at, totals) -> minutes.add(new Bucket(at, totals)));
            return new Held(
                    rollups.mark(RunRecorder.groupOf(probe)),
                    minutes,
                    recorder.unwatchedSince(probe, millis));
        } finally {
            lock.readLock().unlock();
        }
    }

    /// The rows, and what is in the memory of this process.
    private Map<String, Map<Long, Totals>> own(List<String> names, List<Stretch> stretches) {
        Map<String, Map<Long, Totals>> found = new HashMap<>();
        lock.readLock().lock();
        try {
            for (int from = 0; from < names.size(); from += PROBES_AT_ONCE) {
                List<String> some =
                        names.subList(from, Math.min(from + PROBES_AT_ONCE, names.size()));
                stretches.forEach(stretch -> read(some, stretch, found));
            }
            for (String name : names) {
                recorder.open(name)
                        .forEach((at, totals) -> add(found, name, at, totals, stretches));
            }
        } finally {
            lock.readLock().unlock();
        }
        return found;
    }

    private void read(List<String> names, Stretch stretch, Map<String, Map<Long, Totals>> found) {
        client.sql(SELECT)
                .param("probes", names.stream().map(ResourceName::key).toList())
                .param("tier", stretch.tier().number())
                .param("first", stretch.tier().row(stretch.from()))
                .param("to", stretch.to())
                .query(
                        row -> {
                            String name = row.getString("name");
                            for (Bucket bucket : BucketCodec.read(row.getBytes("body"))) {
                                add(found, name, bucket.at(), bucket.totals(), List.of(stretch));
                            }
                        });
    }

    private static void add(
            Map<String, Map<Long, Totals>> found,
            String probe,
            long at,
            Totals totals,
            List<Stretch> stretches) {
        for (Stretch stretch : stretches) {
            if (at >= stretch.from() && at < stretch.to()) {
                RollupRows.merge(
                        found.computeIfAbsent(probe, _ -> new TreeMap<>()),
                        stretch.tier().floor(at),
                        totals);
            }
        }
    }

    @Override
    public @Nullable Long unwatchedSince(String probe, long millis) {
        return recorder.unwatchedSince(probe, millis);
    }
}
