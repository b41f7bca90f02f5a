package dev.sonde.listen.proxy;

import dev.sonde.listen.spec.Fault;
import dev.sonde.listen.spec.FaultDirection;
import dev.sonde.listen.spec.FaultEffect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The faults on one direction of one connection, in order. Bytes stay in order and none is lost
/// when faults are added, changed or removed. Confined to the connection's loop.
final class FaultChain {

    private final FaultDirection direction;
    private final Holdings holdings;
    private final Outlet sink;

    /// One draw for each fault whose probability is not 1. It holds until the connection ends.
    private final Map<String, Double> draws = new HashMap<>();

    private List<Link> links = List.of();
    private boolean isStalled;

    /// @param meter the shared one, for a shared bandwidth
    private record Link(Fault fault, @Nullable RateMeter meter, Stage stage) {}

    FaultChain(FaultDirection direction, Holdings holdings, Outlet sink) {
        this.direction = direction;
        this.holdings = holdings;
        this.sink = sink;
    }

    /// Whether nothing is read from the source.
    boolean isStalled() {
        return isStalled;
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    /// The first place of a piece that was read.
    Outlet first() {
        return links.isEmpty() ? sink : links.getFirst().stage();
    }

    /// Passes on the bytes that may pass now.
    ///
    /// @return how long until more may pass, in nanoseconds
    long release(long nowNanos) {
        long soonest = Stage.NEVER;
        for (int i = 0; i < links.size(); i++) {
            long waitNanos = links.get(i).stage().release(nowNanos, after(i));
            if (waitNanos == Stage.ABORT) {
                sink.end(FlowEnd.FAULT_RESET);
                return Stage.NEVER;
            }
            soonest = Math.min(soonest, waitNanos);
        }
        return soonest;
    }

    private Outlet after(int i) {
        return i + 1 < links.size() ? links.get(i + 1).stage() : sink;
    }

    /// Switches to the faults of `plan`.
    void apply(FaultPlan plan, long nowNanos) {
        List<Fault> wanted = plan.faults().stream().filter(this::acts).toList();
        isStalled = wanted.stream().anyMatch(FaultChain::stalls);
        List<Link> old = links;
        List<Link> changed = new ArrayList<>();
        for (Fault fault : wanted) {
            if (!stalls(fault)) {
                changed.add(link(fault, plan, nowNanos));
            }
        }
        takeOut(old, changed);
        links = List.copyOf(changed);
    }

    /// Empties removed stages, the last one first, because its pieces are the oldest. If the
    /// remaining ones change places, all are emptied without their faults.
    private void takeOut(List<Link> old, List<Link> changed) {
        List<Stage> kept = stages(changed);
        boolean isSameOrder = both(old, changed).equals(both(changed, old));
        for (int i = old.size() - 1; i >= 0; i--) {
            Stage stage = old.get(i).stage();
            boolean isRemoved = !kept.contains(stage);
            if (isRemoved || !isSameOrder) {
                Outlet next = isSameOrder ? firstKeptBehind(old, i, kept) : sink;
                stage.flush(next);
                FlowEnd end = isRemoved ? stage.endWhenRemoved() : null;
                if (end != null) {
                    next.end(end);
                }
            }
        }
    }

    private Outlet firstKeptBehind(List<Link> old, int i, List<Stage> kept) {
        for (int next = i + 1; next < old.size(); next++) {
            if (kept.contains(old.get(next).stage())) {
                return old.get(next).stage();
            }
        }
        return sink;
    }

    private static List<Stage> stages(List<Link> links) {
        return links.stream().map(Link::stage).toList();
    }

    /// The stages that both lists have, in the order of the first.
    private static List<Stage> both(List<Link> ofThese, List<Link> those) {
        List<Stage> known = stages(those);
        return stages(ofThese).stream().filter(known::contains).toList();
    }

    private Link link(Fault fault, FaultPlan plan, long nowNanos) {
        RateMeter meter = plan.sharedMeter(fault.name());
        for (Link link : links) {
            boolean isKept =
                    link.fault().name().equals(fault.name())
                            && link.fault().effect().getClass().equals(fault.effect().getClass())
                            && link.meter() == meter;
            if (isKept) {
                if (meter != null || !link.fault().effect().equals(fault.effect())) {
                    link.stage().change(fault.effect(), nowNanos);
                }
                return new Link(fault, meter, link.stage());
            }
        }
        return new Link(fault, meter, stage(fault.effect(), meter, nowNanos));
    }

    private Stage stage(FaultEffect effect, @Nullable RateMeter meter, long nowNanos) {
        return switch (effect) {
            case FaultEffect.Latency latency -> new LatencyStage(latency, holdings);
            case FaultEffect.Bandwidth rate -> new BandwidthStage(rate, meter, holdings, nowNanos);
            case FaultEffect.Slicer slicer -> new SlicerStage(slicer, holdings, nowNanos);
            case FaultEffect.SlowClose slow -> new SlowCloseStage(slow, holdings);
            case FaultEffect.Blackhole hole -> new BlackholeStage(hole, holdings, nowNanos);
            case FaultEffect.Reset reset -> new ResetStage(reset, holdings);
            case FaultEffect.Limit limit -> new LimitStage(limit, holdings);
            case FaultEffect.Stall _ -> throw new IllegalStateException("a stall has no stage");
        };
    }

    private static boolean stalls(Fault fault) {
        return fault.effect() instanceof FaultEffect.Stall;
    }

    private boolean acts(Fault fault) {
        return fault.direction() == direction
                && (fault.probability() >= 1 || draw(fault.name()) < fault.probability());
    }

    private double draw(String fault) {
        return draws.computeIfAbsent(fault, _ -> ThreadLocalRandom.current().nextDouble());
    }
}
