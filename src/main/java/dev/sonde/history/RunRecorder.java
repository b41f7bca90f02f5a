package dev.sonde.history;

import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.spec.ResourceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The runs of all probes that are in no roll-up of the database yet. The writer of the store adds
/// and removes; others read. Probes are in groups, so the database gets one part at a time.
public final class RunRecorder {

    public static final int GROUPS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Map<String, OpenRuns>> groups = new ArrayList<>();

    public RunRecorder() {
        for (int i = 0; i < GROUPS; i++) {
            groups.add(new HashMap<>());
        }
    }

    public static int groupOf(String probe) {
        return groupOf(ResourceName.key(probe));
    }

    private static int groupOf(long key) {
        return (int) (key & (GROUPS - 1));
    }

    /// Forgets the runs of an earlier probe of this name. Its last runs may still come.
    ///
    /// @param firstKey upper half of the ids of this probe's results, at least
    public void begin(String probe, long firstKey) {
        lock.lock();
        try {
            groups.get(groupOf(probe)).put(probe, new OpenRuns(firstKey));
        } finally {
            lock.unlock();
        }
    }

    /// Adds a scheduled run.
    ///
    /// @return the milliseconds before it in which the probe was unwatched or under maintenance
    public long record(ProbeResult result, PreviousRuns previous) {
        String probe = result.probe();
        return probe == null ? 0 : record(result, ResourceName.key(probe), previous);
    }

    /// The same of a run whose probe has this key.
    public long record(ProbeResult result, long key, PreviousRuns previous) {
        String probe = String.valueOf(result.probe());
        lock.lock();
        try {
            return groups.get(groupOf(key))
                    .computeIfAbsent(probe, _ -> new OpenRuns(0))
                    .add(result, previous);
        } finally {
            lock.unlock();
        }
    }

    /// Adds figures to minutes of a probe whose runs are here.
    public void merge(String probe, Map<Long, Totals> minutes) {
        if (minutes.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            OpenRuns runs = groups.get(groupOf(probe)).computeIfAbsent(probe, _ -> new OpenRuns(0));
            minutes.forEach((at, totals) -> runs.merge(new Bucket(at, totals)));
        } finally {
            lock.unlock();
        }
    }

    /// The minutes of a group's probes that end until this second.
    public Map<String, Map<Long, Totals>> before(int group, long second) {
        lock.lock();
        try {
            Map<String, Map<Long, Totals>> found = new HashMap<>();
            groups.get(group).forEach((probe, runs) -> found.put(probe, runs.before(second)));
            found.values().removeIf(Map::isEmpty);
            return found;
        } finally {
            lock.unlock();
        }
    }

    /// Forgets them: they are in the database. A probe of which nothing is left is forgotten.
    public void removeBefore(int group, long second) {
        lock.lock();
        try {
            Iterator<OpenRuns> all = groups.get(group).values().iterator();
            while (all.hasNext()) {
                OpenRuns runs = all.next();
                boolean wasEmpty = runs.isEmpty();
                runs.removeBefore(second);
                if (wasEmpty) {
                    all.remove();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether no probe has runs here.
    public boolean isEmpty() {
        lock.lock();
        try {
            return groups.stream().allMatch(Map::isEmpty);
        } finally {
            lock.unlock();
        }
    }

    /// The minutes of one probe.
    public Map<Long, Totals> open(String probe) {
        lock.lock();
        try {
            OpenRuns runs = groups.get(groupOf(probe)).get(probe);
            return runs == null ? Map.of() : runs.before(Long.MAX_VALUE);
        } finally {
            lock.unlock();
        }
    }

    /// The unwatched time of a probe until this instant; null where no run is known.
    public @Nullable Long unwatchedSince(String probe, long millis) {
        lock.lock();
        try {
            OpenRuns runs = groups.get(groupOf(probe)).get(probe);
            return runs == null ? null : runs.unwatchedSince(millis);
        } finally {
            lock.unlock();
        }
    }
}
