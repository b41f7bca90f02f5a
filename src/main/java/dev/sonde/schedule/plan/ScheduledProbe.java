package dev.sonde.schedule.plan;

import dev.sonde.attempt.RunningProbe;
import dev.sonde.eventloop.Deadline;
import dev.sonde.eventloop.DeadlineHandler;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.finding.ProbeResult;
import dev.sonde.probe.finding.ProbeState;
import dev.sonde.probe.finding.TimelineEvent;
import dev.sonde.probe.finding.Transition;
import dev.sonde.probe.keeping.PackedResult;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.path.LateEvidence;
import dev.sonde.probe.spec.ProbeDefinition;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One probe with its definition, state and latest results. Owned by its lane's loop; other threads
/// only read what is `volatile`.
///
/// There may be a million of these, so it is its own deadline's handler and keeps few fields.
public final class ScheduledProbe implements ProbeEntry, DeadlineHandler {

    /// It may have a next run.
    private static final byte PLANNED = 0;

    /// Another replica owns it, and this one keeps it whole no longer.
    private static final byte RETIRED = 1;

    /// It is deleted.
    private static final byte REMOVED = 2;

    private static final VarHandle LAST = lastHandle();

    private static VarHandle lastHandle() {
        try {
            return MethodHandles.lookup()
                    .findVarHandle(ScheduledProbe.class, "last", PackedResult.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    public final LoopSchedule lane;

    /// Written by the thread that has the turn of [Definitions], read by the loop and by readers.
    private volatile ProbeDefinition definition;

    /// Written by the loop, read by readers; so are the next three.
    private volatile ProbeHealth health;

    private volatile @Nullable PackedResult last;
    private volatile @Nullable NotProbedStreak notProbed;
    private volatile @Nullable Deadline deadline;

    /// The columns hold the values of scrapes.
    final FigureColumns columns;

    final short row;
    public final int partition;

    /// The current run, scheduled or by hand.
    @Nullable RunningProbe running;

    /// A requested run by hand, until it starts.
    @Nullable WantedRun wanted;

    /// The row of results that may bring another state about.
    Transition.@Nullable Row began;

    /// Whether it is [#PLANNED], [#RETIRED] or [#REMOVED].
    private byte standing = PLANNED;

    /// The next run is not at its place in the interval, but soon after another owner was lost.
    boolean isOutOfRhythm;

    /// @param columns not full
    public ScheduledProbe(
            LoopSchedule lane, int partition, StoredProbe stored, FigureColumns columns) {
        this.lane = lane;
        this.partition = partition;
        this.columns = columns;
        this.definition = stored.definition();
        this.health = stored.healthAtStart();
        this.row = (short) columns.add(health);
    }

    public void define(ProbeDefinition next) {
        definition = next;
    }

    void plan(@Nullable Deadline next) {
        deadline = next;
    }

    @Nullable Deadline planned() {
        return deadline;
    }

    /// The usual run leaves the health as it is.
    @SuppressWarnings("ReferenceEquality")
    void become(ProbeHealth next) {
        if (health != next) {
            health = next;
            columns.enter(row, next);
        }
    }

    /// Remembers a result of the schedule.
    void remember(ProbeResult result) {
        keep(result);
        columns.measured(row, result);
        columns.counted(row, result);
    }

    /// Keeps a result as the latest. If the heap's share for details is full, a result larger than
    /// a plain connect's loses its steps and timeline.
    private void keep(ProbeResult result) {
        HeapShare memory = lane.latestMemory();
        PackedResult packed = PackedResult.of(lane.resultBytes(), result);
        int extra = packed.extraBytes();
        if (extra == 0 || memory.tryTake(extra)) {
            replaceLast(packed);
        } else {
            memory.countDropped(1);
            PackedResult rest = PackedResult.of(lane.resultBytes(), result.withoutDetails());
            memory.take(rest.extraBytes());
            replaceLast(rest);
        }
    }

    /// Adds evidence to the latest result, if it still is the latest and has its details.
    void add(LateEvidence evidence) {
        PackedResult known = last;
        if (known != null && known.id().equals(evidence.result())) {
            ProbeResult result = known.unpack();
            if (!isWithoutDetails(result)) {
                keep(result.withFindings(evidence.findings()));
            }
        }
    }

    /// Each result is given back once.
    private void replaceLast(@Nullable PackedResult next) {
        PackedResult before = (PackedResult) LAST.getAndSet(this, next);
        if (before != null && before.extraBytes() > 0) {
            lane.latestMemory().giveBack(before.extraBytes());
        }
    }

    /// Drops the latest result of a removed probe.
    void forgetLast() {
        replaceLast(null);
    }

    private static boolean isWithoutDetails(ProbeResult result) {
        List<TimelineEvent> timeline = result.attempts().getFirst().timeline();
        return timeline.size() == 1
                && timeline.getFirst().kind() == TimelineEvent.Kind.DETAILS_DROPPED;
    }

    void streak(@Nullable NotProbedStreak next) {
        notProbed = next;
        columns.streak(row, next);
    }

    @Override
    public @Nullable NotProbedStreak notProbed() {
        return notProbed;
    }

    /// Whether it may have a next run here.
    boolean isPlannable() {
        return standing == PLANNED;
    }

    boolean isRemoved() {
        return standing == REMOVED;
    }

    void remove() {
        standing = REMOVED;
    }

    /// Ends the part of an idle probe of another owner: it has no next run here any more. Called by
    /// the loop.
    ///
    /// @return whether it is idle and another owner's
    public boolean retire() {
        if (running != null || wanted != null || isRemoved() || lane.owns(this)) {
            return false;
        }
        standing = RETIRED;
        lane.plan(this);
        forgetLast();
        return true;
    }

    /// Takes [#retire] back, where the probe was retired, and plans it. Called by the loop.
    public void recall() {
        if (!isRemoved()) {
            standing = PLANNED;
        }
        lane.plan(this);
    }

    /// The outcome of the latest run, which another owner made.
    public void know(@Nullable Outcome known) {
        columns.know(row, known);
    }

    /// The outcome of the latest run, measured here or reported by another owner. Absent without
    /// one.
    public @Nullable Outcome known() {
        return columns.outcome(row);
    }

    /// Follows a run of another owner: its figures, and nothing that takes heap.
    public void followLast(ProbeResult result) {
        columns.measured(row, result);
    }

    @Override
    public @Nullable Outcome outcome() {
        Outcome known = columns.outcome(row);
        return known == null && health.state() == ProbeState.UP && !lane.owns(this)
                ? Outcome.Succeeded.connected()
                : known;
    }

    @Override
    public String name() {
        return definition.name();
    }

    @Override
    public int partition() {
        return partition;
    }

    @Override
    public @Nullable String set() {
        return definition.source();
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
    public @Nullable PackedResult last() {
        return last;
    }

    @Override
    public @Nullable Instant nextRunAt() {
        Deadline next = deadline;
        return next == null ? null : lane.instantOf(next);
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
