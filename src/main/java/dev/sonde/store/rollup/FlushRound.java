package dev.sonde.store.rollup;

import dev.sonde.history.RunRecorder;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A round in which all groups of runs are added to the rows, one after the other. One begins every
/// ten minutes. For one thread.
public final class FlushRound {

    private static final long EVERY_SECONDS = Duration.ofMinutes(10).toSeconds();

    private final Clock clock;
    private long end;
    private int group = RunRecorder.GROUPS;

    public FlushRound(Clock clock) {
        this.clock = clock;
    }

    /// Waits for the next full ten minutes.
    public void reset() {
        end = latest();
    }

    /// Begins the next round where it is due.
    ///
    /// @param hasRuns whether there is anything to add
    public void begin(boolean hasRuns) {
        long now = latest();
        if (now != end) {
            end = now;
            group = hasRuns ? 0 : RunRecorder.GROUPS;
        }
    }

    private long latest() {
        return Math.floorDiv(clock.instant().getEpochSecond(), EVERY_SECONDS) * EVERY_SECONDS;
    }

    /// Whether groups are left.
    public boolean goesOn() {
        return group < RunRecorder.GROUPS;
    }

    /// The next group.
    public int group() {
        return group;
    }

    /// The second up to which runs are added, since 1970.
    public long end() {
        return end;
    }

    /// The group was added.
    public void flushed() {
        group++;
    }

    /// Milliseconds until the next round; 0 while this one goes on.
    public long restMillis() {
        if (goesOn()) {
            return 0;
        }
        long next = TimeUnit.SECONDS.toMillis(end + EVERY_SECONDS);
        return Math.clamp(next - clock.millis(), 1, TimeUnit.SECONDS.toMillis(EVERY_SECONDS));
    }
}
