package dev.sonde.api.status;

import dev.sonde.history.Statistics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The figures of badges. Each is read once in ten seconds at most, whatever the number of viewers:
/// a reading asks every other replica. Safe for any thread; blocks.
final class RecentStatistics {

    /// About two kilobytes each.
    static final int MOST = 1_000;

    /// The first run of a probe is seen soon.
    private static final Duration AGE_OF_NOTHING = Duration.ofSeconds(1);

    /// The probe and the window of a badge.
    ///
    /// @param created when the probe was: a namesake has other figures
    record Subject(String probe, Instant created, Duration window) {}

    private record Reading(Instant at, FutureTask<@Nullable Statistics> task) {}

    private final Clock clock;

    /// In the order of their reading; guarded by this object's lock.
    private final Map<Subject, Reading> readings = new LinkedHashMap<>();

    RecentStatistics(Clock clock) {
        this.clock = clock;
    }

    /// @param read called where no recent reading is known; callers of one subject wait for one
    @Nullable Statistics of(Subject subject, Supplier<@Nullable Statistics> read) {
        FutureTask<@Nullable Statistics> task = recent(subject, read);
        // Only the first call has an effect.
        task.run();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            forget(subject, task);
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        }
    }

    private synchronized FutureTask<@Nullable Statistics> recent(
            Subject subject, Supplier<@Nullable Statistics> read) {
        Instant now = clock.instant();
        Reading known = readings.get(subject);
        if (known != null
                && Duration.between(known.at(), now).abs().compareTo(age(known.task())) < 0) {
            return known.task();
        }
        readings.remove(subject);
        if (readings.size() >= MOST) {
            readings.remove(readings.keySet().iterator().next());
        }
        Reading next = new Reading(now, new FutureTask<>(read::get));
        readings.put(subject, next);
        return next.task();
    }

    private static Duration age(FutureTask<@Nullable Statistics> task) {
        boolean isEmpty = task.state() == Future.State.SUCCESS && Objects.isNull(task.resultNow());
        return isEmpty ? AGE_OF_NOTHING : StatusReader.AGE;
    }

    private synchronized void forget(Subject subject, FutureTask<@Nullable Statistics> failed) {
        Reading known = readings.get(subject);
        if (known != null && known.task().equals(failed)) {
            readings.remove(subject);
        }
    }
}
