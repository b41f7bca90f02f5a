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
import dev.sonde.schedule.plan.ProbeEntry;
import dev.sonde.schedule.plan.ProbeFigures;
import dev.sonde.schedule.plan.SchedulePorts;
import dev.sonde.schedule.plan.ScheduledProbe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All scheduled probes by their names, each with the lane that it belongs to. Safe for any thread;
/// only [Definitions] changes what is in it.
///
/// A probe belongs to one event loop for life, chosen by its name.
final class ProbeBook {

    private final List<LoopSchedule> lanes;
    private final Ownership ownership;
    private final SharedValues shared;
    private final ConcurrentNavigableMap<String, ProbeEntry> probes = new ConcurrentSkipListMap<>();

    /// The row of the next new probe; touched only in the turn of [Definitions].
    private FigureColumns columns = new FigureColumns();

    /// How many probes have come, gone or been defined anew.
    private final AtomicLong changes = new AtomicLong();

    /// Kept until the first call after a change.
    private volatile ProbeFigures figures = ProbeFigures.EMPTY;

    ProbeBook(List<EventLoop> loops, SchedulePorts ports, HeapShare memory) {
        this.shared = new SharedValues(memory);
        this.lanes = loops.stream().map(loop -> new LoopSchedule(loop, ports)).toList();
        this.ownership = ports.ownership();
    }

    List<LoopSchedule> lanes() {
        return lanes;
    }

    @Nullable ProbeEntry find(String name) {
        return probes.get(name);
    }

    /// A probe with a place in the plan of a loop.
    @Nullable ScheduledProbe scheduled(String name) {
        return probes.get(name) instanceof ScheduledProbe probe ? probe : null;
    }

    /// In the order of names.
    Collection<ProbeEntry> all() {
        return probes.values();
    }

    /// The probes with a place in the plan of a loop, in the order of names.
    Stream<ScheduledProbe> scheduled() {
        return probes.values().stream()
                .filter(ScheduledProbe.class::isInstance)
                .map(ScheduledProbe.class::cast);
    }

    /// The same one for as long as no definition changes.
    ProbeFigures figures() {
        ProbeFigures known = figures;
        long now = changes.get();
        if (!known.isAfter(now)) {
            known = new ProbeFigures(now, scheduled().toList(), ownership);
            figures = known;
        }
        return known;
    }

    /// @param cursor the name after which to go on; the beginning when absent
    Page<ProbeSnapshot> list(ProbeFilter filter, @Nullable String cursor, int limit) {
        List<ProbeSnapshot> items = new ArrayList<>();
        String lastName = null;
        for (ProbeEntry probe :
                (cursor == null ? probes : probes.tailMap(cursor, false)).values()) {
            ProbeSnapshot found = filter.find(probe);
            if (found != null) {
                if (items.size() == limit) {
                    return new Page<>(items, lastName);
                }
                items.add(found);
                lastName = probe.name();
            }
        }
        return new Page<>(items, null);
    }

    /// The same in another order.
    ///
    /// @param place the place after which to go on; the beginning when absent
    Page<ProbeSnapshot> sorted(
            ProbeFilter filter, ProbeOrder order, @Nullable String place, int limit) {
        List<ProbeOrder.Key> found =
                probes.values().stream()
                        .filter(filter::matches)
                        .map(ProbeOrder.Key::of)
                        .filter(key -> place == null || order.isAfter(key, place))
                        .sorted(order::compare)
                        .limit(limit + 1L)
                        .toList();
        Page<ProbeOrder.Key> page = Page.of(found, limit, ProbeOrder::place);
        List<ProbeSnapshot> items =
                page.items().stream()
                        .map(key -> probes.get(key.name()))
                        .filter(Objects::nonNull)
                        .map(ProbeSnapshot::of)
                        .toList();
        return new Page<>(items, page.next());
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
        int lane = Math.floorMod(definition.name().hashCode(), lanes.size());
        if (columns.isFull()) {
            columns = new FigureColumns();
        }
        ScheduledProbe probe =
                new ScheduledProbe(
                        lanes.get(lane),
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
        ScheduledProbe probe = scheduled(after.name());
        if (probe == null) {
            throw new IllegalStateException("nothing to replace: " + after.name());
        }
        ProbeSpec before = probe.definition().spec();
        shared.release(probe.definition());
        probe.define(after);
        changes.incrementAndGet();
        probe.lane.execute(() -> probe.lane.changed(probe, before, after.spec()), () -> {});
    }

    void remove(String name) {
        if (probes.remove(name) instanceof ScheduledProbe probe) {
            shared.release(probe.definition());
            changes.incrementAndGet();
            probe.lane.execute(() -> probe.lane.remove(probe), () -> {});
        }
    }
}
