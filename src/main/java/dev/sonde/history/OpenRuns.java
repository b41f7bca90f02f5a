package dev.sonde.history;

import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The runs of one probe that are in no roll-up of the database yet: the current minute and the
/// packed minutes before it. Guarded by its [RunRecorder].
final class OpenRuns {

    private static final long MINUTE_SECONDS = Tier.MINUTE.stepSeconds();
    private static final long SLACK_MILLIS = 50;

    private static final byte[] NOTHING = {};

    private final long firstKey;

    private long minute = Long.MIN_VALUE;
    private final Totals totals = new Totals();
    private byte[] closed = NOTHING;

    /// The latest decided run and its distance from the one before, milliseconds; 0 if unknown.
    private long lastMillis;

    private long gapMillis;

    /// @param firstKey least upper half of the ids of the probe's results. Smaller ones are of an
    ///     earlier probe of its name.
    OpenRuns(long firstKey) {
        this.firstKey = firstKey;
    }

    /// Adds a run to the minute that it started in.
    ///
    /// @return milliseconds before it that do not count in an incident: unwatched, or under
    ///     maintenance
    long add(ProbeResult result, PreviousRuns previous) {
        if (result.id().getMostSignificantBits() < firstKey) {
            return 0;
        }
        long millis = result.startedAt().toEpochMilli();
        enter(Tier.MINUTE.floor(Math.floorDiv(millis, 1_000)));
        totals.add(result);
        if (result.outcome() instanceof Outcome.NotProbed) {
            return 0;
        }
        long sinceLast = lastMillis == 0 ? 0 : millis - lastMillis;
        long unwatched = unwatched(millis, result, previous);
        totals.addUnwatched(unwatched);
        lastMillis = millis;
        return result.inMaintenance() ? Math.max(sinceLast, unwatched) : unwatched;
    }

    private void enter(long at) {
        if (at != minute) {
            close();
            minute = at;
        }
    }

    /// A minute that is left and entered again has two entries, and both count.
    private void close() {
        if (totals.runs() > 0) {
            closed = BucketCodec.append(closed, new Bucket(minute, totals));
            totals.clear();
        }
        minute = Long.MIN_VALUE;
    }

    /// Adds figures that belong to a minute.
    void merge(Bucket more) {
        closed = BucketCodec.append(closed, more);
    }

    private List<Bucket> closed() {
        return closed.length == 0 ? new ArrayList<>() : BucketCodec.read(closed);
    }

    /// A run covers the time since the one before, but at most the usual time.
    private long unwatched(long millis, ProbeResult result, PreviousRuns previous) {
        long gap = millis - lastMillis;
        if (lastMillis != 0 && isUsual(gap, gapMillis)) {
            gapMillis = Math.max(gap, 1);
            return 0;
        }
        if (firstKey > 0 && gapMillis == 0 && !previous.hasOthers()) {
            // Its first run or its second one: the database has no other.
            gapMillis = lastMillis == 0 ? 0 : Math.max(gap, 1);
            return 0;
        }
        List<Long> known = previous.before(String.valueOf(result.probe()), result.id());
        if (known.isEmpty()) {
            return 0;
        }
        long real = millis - known.getFirst();
        long usual = known.size() > 1 ? known.getFirst() - known.get(1) : real;
        if (real <= 0 || usual <= 0 || isUsual(real, usual)) {
            gapMillis = Math.max(real, 1);
            return 0;
        }
        gapMillis = usual;
        return real - usual;
    }

    private static boolean isUsual(long gap, long usual) {
        return gap <= usual + usual / 2 + SLACK_MILLIS;
    }

    /// Minutes before this second, merged.
    Map<Long, Totals> before(long second) {
        Map<Long, Totals> minutes = new TreeMap<>();
        for (Bucket bucket : closed()) {
            put(minutes, bucket, second);
        }
        if (totals.runs() > 0) {
            put(minutes, new Bucket(minute, totals), second);
        }
        return minutes;
    }

    private static void put(Map<Long, Totals> minutes, Bucket bucket, long second) {
        if (bucket.at() + MINUTE_SECONDS <= second) {
            minutes.computeIfAbsent(bucket.at(), _ -> new Totals()).merge(bucket.totals());
        }
    }

    void removeBefore(long second) {
        if (totals.runs() > 0 && minute + MINUTE_SECONDS <= second) {
            totals.clear();
        }
        List<Bucket> left = closed();
        left.removeIf(bucket -> bucket.at() + MINUTE_SECONDS <= second);
        closed = left.isEmpty() ? NOTHING : BucketCodec.write(left);
    }

    boolean isEmpty() {
        return totals.runs() == 0 && closed.length == 0;
    }

    /// The unwatched time at an instant after the latest run; null where no run is known.
    @Nullable Long unwatchedSince(long millis) {
        if (lastMillis == 0) {
            return null;
        }
        long gap = millis - lastMillis;
        return isUsual(gap, 2 * gapMillis + 2_000) ? 0 : gap - gapMillis;
    }
}
