package dev.sonde.schedule;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.keeping.Page;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.schedule.plan.FigureColumns;
import dev.sonde.schedule.plan.LoopSchedule;
import dev.sonde.schedule.plan.Ownership;
import dev.sonde.schedule.plan.ProbeFigures;
import dev.sonde.schedule.plan.SchedulePorts;
import dev.sonde.schedule.plan.ScheduledProbe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All scheduled probes by their names, each with the lane that it belongs to. Safe for any thread;
/// only [Definitions] changes what is in it.
///
/// A probe belongs to one event loop for life.
final class ProbeBook {

    private final List<LoopSchedule> lanes;
    private final LaneLoads loads;
    private final Ownership ownership;
    private final SharedValues shared;
    private final ConcurrentNavigableMap<String, ScheduledProbe> probes =
            new ConcurrentSkipListMap<>();

    /// The row of the next new probe; touched only in the turn of [Definitions].
    private FigureColumns columns = new FigureColumns();

    /// How many probes have come, gone or been defined anew.
    private final AtomicLong changes = new AtomicLong();

    /// Kept until the first call after a change.
    private volatile ProbeFigures figures = ProbeFigures.EMPTY;

    ProbeBook(List<EventLoop> loops, SchedulePorts ports, HeapShare memory) {
        this.shared = new SharedValues(memory);
        this.lanes = loops.stream().map(loop -> new LoopSchedule(loop, ports)).toList();
        this.loads = new LaneLoads(lanes);
        this.ownership = ports.ownership();
    }

    List<LoopSchedule> lanes() {
        return lanes;
    }

    @Nullable ScheduledProbe find(String name) {
        return probes.get(name);
    }

    /// In the order of names.
    Collection<ScheduledProbe> all() {
        return probes.values();
    }

    /// The same one for as long as no definition changes.
    ProbeFigures figures() {
        ProbeFigures known = figures;
        long now = changes.get();
        if (!known.isAfter(now)) {
            known = new ProbeFigures(now, probes.values(), ownership);
            figures = known;
        }
        return known;
    }

    /// @param cursor the name after which to go on; the beginning when absent
    Page<ProbeSnapshot> list(ProbeFilter filter, @Nullable String cursor, int limit) {
        List<ProbeSnapshot> items = new ArrayList<>();
        String lastName = null;
        for (ScheduledProbe probe :
                (cursor == null ? probes : probes.tailMap(cursor, false)).values()) {
            if (filter.matches(probe)) {
                if (items.size() == limit) {
                    return new Page<>(items, lastName);
                }
                items.add(ProbeSnapshot.of(probe));
                lastName = probe.definition().name();
            }
        }
        return new Page<>(items, null);
    }

    /// The same in another order.
    ///
    /// @param place the place after which to go on; the beginning when absent
    Page<ProbeSnapshot> sorted(
            ProbeFilter filter, ProbeOrder order, @Nullable String place, int limit) {
        List<ProbeSnapshot> found =
                probes.values().stream()
                        .filter(filter::matches)
                        .map(ProbeSnapshot::of)
                        .filter(probe -> place == null || order.isAfter(probe, place))
                        .sorted(order::compare)
                        .limit(limit + 1L)
                        .toList();
        return Page.of(found, limit, ProbeOrder::place);
    }

    /// Definitions that are held, and how much heap they take.
    SharedValues shared() {
        return shared;
    }

    /// Adds a probe, which is not planned yet.
    ///
    /// @param stored whose definition is held
    ScheduledProbe add(StoredProbe stored) {
        ProbeDefinition definition = stored.definition();
        if (columns.isFull()) {
            columns = new FigureColumns();
        }
        ScheduledProbe probe =
                new ScheduledProbe(
                        loads.take(definition),
                        ownership.partitionOf(definition.name()),
                        new StoredProbe(definition, stored.health()),
                        columns);
        probes.put(definition.name(), probe);
        changes.incrementAndGet();
        return probe;
    }

    /// Adds a probe of which nothing is known, likewise.
    ScheduledProbe addNew(ProbeDefinition definition) {
        ProbeHealth health =
                definition.spec().paused()
                        ? ProbeHealth.paused(definition.createdAt())
                        : ProbeHealth.pending(definition.createdAt());
        return add(new StoredProbe(definition, health));
    }

    /// Plans added probes: one command for each lane, however many there are.
    void plan(List<ScheduledProbe> added) {
        added.stream()
                .collect(Collectors.groupingBy(probe -> probe.lane))
                .forEach((lane, own) -> lane.execute(() -> own.forEach(lane::plan), () -> {}));
    }

    /// Puts a changed definition of an existing probe, which is held, into effect.
    void replace(ProbeDefinition after) {
        ScheduledProbe probe = probes.get(after.name());
        if (probe == null) {
            throw new IllegalStateException("nothing to replace: " + after.name());
        }
        ProbeSpec before = probe.definition().spec();
        shared.release(probe.definition());
        loads.change(probe.lane, before, after.spec());
        probe.define(after);
        changes.incrementAndGet();
        probe.lane.execute(() -> probe.lane.changed(probe, before, after.spec()), () -> {});
    }

    void remove(String name) {
        ScheduledProbe probe = probes.remove(name);
        if (probe != null) {
            shared.release(probe.definition());
            loads.release(probe.lane, probe.definition().spec());
            changes.incrementAndGet();
            probe.lane.execute(() -> probe.lane.remove(probe), () -> {});
        }
    }
}
