package dev.sonde.schedule;

import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.schedule.plan.LoopSchedule;
import java.time.Duration;
import java.util.List;

/// The planned runs a second of each lane, and the choice of a lane for a new probe by them.
/// Guarded by the lock of [ProbeBook].
///
/// A wake of a loop costs more than a run. Runs that are due within a few milliseconds share one.
/// The first lanes are therefore filled one after the other, until their runs share wakes. Further
/// probes are spread over all lanes by their names. Paused probes count too.
final class LaneLoads {

    /// Millionths of a run a second of a full lane, whose runs share a wake by threes.
    private static final long FULL = 200_000_000;

    private static final long MILLION_SECONDS_NANOS = Duration.ofSeconds(1_000_000).toNanos();

    private final List<LoopSchedule> lanes;

    /// In millionths of a run a second.
    private final long[] loads;

    LaneLoads(List<LoopSchedule> lanes) {
        this.lanes = lanes;
        this.loads = new long[lanes.size()];
    }

    /// The lane of a new probe, which counts from now on.
    LoopSchedule take(ProbeDefinition definition) {
        int lane = choose(definition.name());
        loads[lane] += load(definition.spec());
        return lanes.get(lane);
    }

    private int choose(String name) {
        for (int lane = 0; lane < loads.length; lane++) {
            if (loads[lane] < FULL) {
                return lane;
            }
        }
        return Math.floorMod(name.hashCode(), loads.length);
    }

    /// A probe of this lane has another definition.
    void change(LoopSchedule lane, ProbeSpec before, ProbeSpec after) {
        loads[lanes.indexOf(lane)] += load(after) - load(before);
    }

    /// A probe of this lane is gone.
    void release(LoopSchedule lane, ProbeSpec spec) {
        loads[lanes.indexOf(lane)] -= load(spec);
    }

    private static long load(ProbeSpec spec) {
        return MILLION_SECONDS_NANOS / spec.interval().toNanos();
    }
}
