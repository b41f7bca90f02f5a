package dev.sonde.schedule;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.finding.Outcome;
import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.schedule.foreign.ForeignDefinitions;
import dev.sonde.schedule.plan.FigureColumns;
import dev.sonde.schedule.plan.ForeignProbe;
import dev.sonde.schedule.plan.LoopSchedule;
import dev.sonde.schedule.plan.Ownership;
import dev.sonde.schedule.plan.ProbeEntry;
import dev.sonde.schedule.plan.ProbeFigures;
import dev.sonde.schedule.plan.SchedulePorts;
import dev.sonde.schedule.plan.ScheduledProbe;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All probes by their names. A scheduled one belongs to a lane for life. A probe that another
/// replica runs is a foreign one, where this process has a file for definitions. Safe for any
/// thread.
///
/// Only [Definitions] adds, changes and removes probes. [ReplicaChanges] changes their form as
/// partitions come and go. Both do so under the book's own lock, which is never held during a
/// statement of the database.
final class ProbeBook {

    private final List<LoopSchedule> lanes;
    private final LaneLoads loads;
    private final Ownership ownership;
    private final SharedValues shared;
    private final @Nullable ForeignDefinitions foreign;
    private final ConcurrentNavigableMap<String, ProbeEntry> probes = new ConcurrentSkipListMap<>();

    /// The row of the next scheduled probe; guarded by the lock.
    private FigureColumns columns = new FigureColumns();

    /// How many scheduled probes have come, gone or been defined anew.
    private final AtomicLong changes = new AtomicLong();

    /// Kept until the first call after a change.
    private volatile ProbeFigures figures = ProbeFigures.EMPTY;

    /// @param foreign absent for a single process, whose probes are all scheduled ones
    ProbeBook(
            List<EventLoop> loops,
            SchedulePorts ports,
            HeapShare memory,
            @Nullable ForeignDefinitions foreign) {
        this.shared = new SharedValues(memory);
        this.lanes = loops.stream().map(loop -> new LoopSchedule(loop, ports)).toList();
        this.loads = new LaneLoads(lanes);
        this.ownership = ports.ownership();
        this.foreign = foreign;
    }

    List<LoopSchedule> lanes() {
        return lanes;
    }

    @Nullable ProbeEntry find(String name) {
        return probes.get(name);
    }

    /// The present definition; absent where no probe has the name.
    @Nullable ProbeDefinition defined(String name) {
        ProbeEntry probe = find(name);
        return probe == null ? null : probe.definition();
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

    ProbeList list() {
        return new ProbeList(probes);
    }

    /// The same one for as long as no definition of a scheduled probe changes.
    ProbeFigures figures() {
        ProbeFigures known = figures;
        long now = changes.get();
        if (!known.isAfter(now)) {
            known = new ProbeFigures(now, scheduled().toList(), ownership);
            figures = known;
        }
        return known;
    }

    /// Definitions that are held, and how much heap they take.
    SharedValues shared() {
        return shared;
    }

    /// A present definition that can be read here without the database.
    @Nullable ProbeDefinition known(String name) {
        return switch (probes.get(name)) {
            case null -> null;
            case ScheduledProbe probe -> probe.definition();
            case ForeignProbe probe -> inFile(probe);
        };
    }

    private @Nullable ProbeDefinition inFile(ForeignProbe probe) {
        return Objects.requireNonNull(foreign).inFile(probe);
    }

    /// Adds a probe, which is not planned yet. It replaces a foreign one whose definition is
    /// damaged.
    ///
    /// @param stored whose definition is held
    synchronized ProbeEntry add(StoredProbe stored) {
        String name = stored.definition().name();
        int partition = ownership.partitionOf(name);
        ForeignProbe foreigner = foreign == null ? null : foreigner(stored, partition, foreign);
        ProbeEntry added = foreigner == null ? whole(stored, partition, null) : foreigner;
        if (probes.put(name, added) instanceof ForeignProbe damaged) {
            Objects.requireNonNull(foreign).release(damaged, null);
        }
        // The partition may have come before the probe was in the book.
        ScheduledProbe taken = foreigner == null ? null : takeUpIfHeld(foreigner);
        return taken == null ? added : taken;
    }

    private @Nullable ForeignProbe foreigner(
            StoredProbe stored, int partition, ForeignDefinitions file) {
        ForeignProbe kept = ownership.holds(partition) ? null : file.keep(stored, partition);
        if (kept != null) {
            shared.release(stored.definition());
        }
        return kept;
    }

    /// Adds a probe of which nothing is known, likewise.
    ProbeEntry addNew(ProbeDefinition definition) {
        ProbeHealth health =
                definition.spec().paused()
                        ? ProbeHealth.paused(definition.createdAt())
                        : ProbeHealth.pending(definition.createdAt());
        return add(new StoredProbe(definition, health));
    }

    private ScheduledProbe whole(StoredProbe stored, int partition, @Nullable Outcome known) {
        if (columns.isFull()) {
            columns = new FigureColumns();
        }
        LoopSchedule lane = loads.take(stored.definition());
        ScheduledProbe probe = new ScheduledProbe(lane, partition, stored, columns);
        probe.know(known);
        changes.incrementAndGet();
        return probe;
    }

    /// A probe for one run outside the schedule, which is not in the book.
    ScheduledProbe visitor(ForeignProbe probe) {
        StoredProbe stored = new StoredProbe(probe.definition(), probe.health());
        LoopSchedule lane = lanes.get(Math.floorMod(probe.name().hashCode(), lanes.size()));
        return new ScheduledProbe(lane, probe.partition(), stored, new FigureColumns());
    }

    /// Plans added probes: one command for each lane, however many there are.
    void plan(List<? extends ProbeEntry> added) {
        added.stream()
                .filter(ScheduledProbe.class::isInstance)
                .map(ScheduledProbe.class::cast)
                .collect(Collectors.groupingBy(probe -> probe.lane))
                .forEach((lane, own) -> lane.execute(() -> own.forEach(lane::plan), () -> {}));
    }

    /// Puts a changed definition of an existing probe, which is held, into effect.
    synchronized void replace(ProbeDefinition after) {
        switch (probes.get(after.name())) {
            case null -> throw new IllegalStateException("nothing to replace: " + after.name());
            case ScheduledProbe probe -> replace(probe, after);
            case ForeignProbe probe -> replace(probe, after);
        }
    }

    private void replace(ScheduledProbe probe, ProbeDefinition after) {
        ProbeSpec before = probe.definition().spec();
        shared.release(probe.definition());
        loads.change(probe.lane, before, after.spec());
        probe.define(after);
        changes.incrementAndGet();
        probe.lane.execute(() -> probe.lane.changed(probe, before, after.spec()), () -> {});
    }

    /// A definition that the disk does not take stays in memory, with its probe.
    private void replace(ForeignProbe probe, ProbeDefinition after) {
        if (Objects.requireNonNull(foreign).define(probe, after)) {
            shared.release(after);
        } else {
            probe.define(after);
            plan(List.of(take(probe, after)));
        }
    }

    synchronized void remove(String name) {
        switch (probes.remove(name)) {
            case null -> {}
            case ScheduledProbe probe -> {
                release(probe);
                changes.incrementAndGet();
                probe.lane.execute(() -> probe.lane.remove(probe), () -> {});
            }
            case ForeignProbe probe ->
                    Objects.requireNonNull(foreign).release(probe, inFile(probe));
        }
    }

    private void release(ScheduledProbe probe) {
        shared.release(probe.definition());
        loads.release(probe.lane, probe.definition().spec());
    }

    /// The foreign probes of partitions that this process holds by now, in their order in the file.
    List<ForeignProbe> gained() {
        List<ForeignProbe> gained = new ArrayList<>();
        for (ProbeEntry probe : foreign == null ? List.<ProbeEntry>of() : probes.values()) {
            if (probe instanceof ForeignProbe foreigner && ownership.holds(foreigner.partition())) {
                gained.add(foreigner);
            }
        }
        gained.sort(Comparator.comparingLong(ForeignProbe::slot));
        return gained;
    }

    /// Makes foreign probes scheduled ones, which are not planned yet. One whose definition cannot
    /// be read now is left out.
    synchronized List<ScheduledProbe> takeUp(List<ForeignProbe> gained) {
        return gained.stream().map(this::takeUpIfHeld).filter(Objects::nonNull).toList();
    }

    private @Nullable ScheduledProbe takeUpIfHeld(ForeignProbe probe) {
        if (!probe.equals(probes.get(probe.name())) || !ownership.holds(probe.partition())) {
            return null;
        }
        ProbeDefinition definition = inFile(probe);
        return definition == null ? null : take(probe, shared.hold(definition));
    }

    /// @param held counts in memory already
    private ScheduledProbe take(ForeignProbe probe, ProbeDefinition held) {
        ProbeHealth health = probe.health();
        ScheduledProbe taken =
                whole(new StoredProbe(held, health), probe.partition(), probe.known());
        probes.put(probe.name(), taken);
        Objects.requireNonNull(foreign).release(probe, held);
        ProbeHealth latest = probe.health();
        if (!latest.equals(health)) {
            taken.lane.execute(() -> taken.lane.follow(taken, latest, true), () -> {});
        }
        return taken;
    }

    /// The scheduled probes of partitions that this process holds no more.
    List<ScheduledProbe> lost() {
        return foreign == null
                ? List.of()
                : scheduled().filter(probe -> !ownership.holds(probe.partition)).toList();
    }

    /// Makes a retired probe a foreign one, where the disk takes its definition.
    ///
    /// @return the probe that is to be planned again; absent where none is
    synchronized @Nullable ScheduledProbe letGo(ScheduledProbe probe) {
        if (foreign == null || !probe.equals(probes.get(probe.name()))) {
            return null;
        }
        StoredProbe stored = new StoredProbe(probe.definition(), probe.health());
        ForeignProbe kept = foreign.keep(stored, probe.partition);
        if (kept == null) {
            return probe;
        }
        kept.know(probe.known());
        release(probe);
        changes.incrementAndGet();
        probes.put(probe.name(), kept);
        kept.follow(probe.health());
        return takeUpIfHeld(kept);
    }
}
