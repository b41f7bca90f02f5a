package dev.sonde.schedule;

import dev.sonde.attempt.RunningProbe;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.Handler;
import dev.sonde.probe.AttemptResult;
import dev.sonde.probe.Outcome;
import dev.sonde.probe.ProbeDefinition;
import dev.sonde.probe.ProbeHealth;
import dev.sonde.probe.ProbeResult;
import dev.sonde.probe.ProbeState;
import dev.sonde.probe.StoredProbe;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// One probe and all that is known of it. Owned by its lane's loop; other threads only read what is
/// `volatile`.
///
/// There may be a million of these, so it is its own deadline's handler and keeps few fields.
final class ScheduledProbe implements WatchedProbe, Handler {

    final Lane lane;

    /// Written by whoever has the turn of [Definitions], read by the loop and by readers.
    private volatile ProbeDefinition definition;

    /// Written by the loop, read by readers; so are those up to [#failures].
    private volatile ProbeHealth health;

    private volatile @Nullable ProbeResult last;
    private volatile @Nullable Deadline deadline;

    /// What every scrape asks every probe for: the way there through a hundred thousand results,
    /// scattered over the heap, would be most of its cost.
    private volatile ProbeState state;

    private volatile long tookNanos = UNKNOWN;
    private volatile long rttMicros = UNKNOWN;

    private volatile @Nullable FailureCounts failures;

    /// The run that goes on, scheduled or wanted.
    @Nullable RunningProbe running;

    /// The run that somebody wants now, until it starts.
    @Nullable CompletableFuture<ProbeResult> wanted;

    boolean removed;

    /// The next run is not at its place in the interval, but soon after another owner was lost.
    boolean isOutOfRhythm;

    /// Fits where the fields before leave room.
    private final short partition;

    ScheduledProbe(Lane lane, int partition, StoredProbe stored) {
        this.lane = lane;
        this.partition = (short) partition;
        this.definition = stored.definition();
        this.health = healthAtStart(stored);
        this.state = health.state();
    }

    /// The definition is written at once and the state a little later, so after a crash they may
    /// disagree on whether the probe rests. The definition is right.
    private static ProbeHealth healthAtStart(StoredProbe stored) {
        ProbeDefinition definition = stored.definition();
        boolean rested = stored.health().state() == ProbeState.PAUSED;
        if (definition.spec().paused() == rested) {
            return stored.health();
        }
        return definition.spec().paused()
                ? ProbeHealth.paused(definition.updatedAt())
                : ProbeHealth.pending(definition.updatedAt());
    }

    int partition() {
        return partition;
    }

    void define(ProbeDefinition next) {
        definition = next;
    }

    void plan(@Nullable Deadline next) {
        deadline = next;
    }

    @Nullable Deadline planned() {
        return deadline;
    }

    void become(ProbeHealth next) {
        health = next;
        state = next.state();
    }

    /// Remembers a result of the schedule.
    void remember(ProbeResult result) {
        followLast(result);
        if (result.outcome() instanceof Outcome.Failed failed) {
            failures = FailureCounts.plus(failures, failed.reason());
        }
    }

    /// Remembers a run of another owner.
    void followLast(ProbeResult result) {
        last = result;
        AttemptResult deciding = result.deciding();
        boolean isTelling = !(deciding.outcome() instanceof Outcome.NotProbed);
        Long rtt = deciding.evidence().rttMicros();
        tookNanos = isTelling ? deciding.tookNanos() : UNKNOWN;
        rttMicros = isTelling && rtt != null ? rtt : UNKNOWN;
    }

    @Override
    public ProbeDefinition definition() {
        return definition;
    }

    @Override
    public ProbeHealth health() {
        return health;
    }

    @Override
    public Optional<ProbeResult> last() {
        return Optional.ofNullable(last);
    }

    @Override
    public ProbeState state() {
        return state;
    }

    @Override
    public long tookNanos() {
        return tookNanos;
    }

    @Override
    public long rttMicros() {
        return rttMicros;
    }

    @Override
    public Optional<Instant> nextRunAt() {
        Deadline next = deadline;
        return next == null ? Optional.empty() : Optional.of(lane.instantOf(next));
    }

    @Override
    public @Nullable FailureCounts failures() {
        return failures;
    }

    @Override
    public void onReady(int readyOps) {
        throw new IllegalStateException("a schedule has no channel");
    }

    @Override
    public void onDeadline(Deadline due) {
        lane.due(this, due);
    }

    @Override
    public void onFailure(Exception cause) {
        lane.failed(this, cause);
    }

    @Override
    public void onLoopClosed() {
        deadline = null;
    }
}
