package dev.sonde.schedule;

import dev.sonde.eventloop.EventLoop;
import dev.sonde.probe.OutdatedDefinitionsException;
import dev.sonde.probe.Page;
import dev.sonde.probe.ProbeDefinition;
import dev.sonde.probe.ProbeHealth;
import dev.sonde.probe.ProbeName;
import dev.sonde.probe.ProbeResult;
import dev.sonde.probe.ProbeSpec;
import dev.sonde.probe.ProbeStore;
import dev.sonde.probe.StoredProbe;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All scheduled probes: their definitions, when they run, and what is held to be true of their
/// targets. Safe for any thread; changing a definition waits for the store.
///
/// Each probe belongs to one event loop for life, chosen by its name.
public final class Schedules {

    private static final int LOADED_AT_ONCE = 1_000;

    private final List<Lane> lanes;
    private final Ownership ownership;
    private final ProbeStore store;
    private final Clock clock;
    private final SharedValues shared = new SharedValues();
    private final Mirror mirror;

    /// Written under the lock, read by every thread.
    private final ConcurrentNavigableMap<String, ScheduledProbe> probes =
            new ConcurrentSkipListMap<>();

    /// Held while definitions change, in the store and here alike, so that both see the same order.
    /// One lock is enough: the embedded database has one writer at a time anyway.
    private final ReentrantLock changes = new ReentrantLock();

    Schedules(List<EventLoop> loops, SchedulePorts ports, ProbeStore store) {
        this.lanes = loops.stream().map(loop -> new Lane(loop, ports)).toList();
        this.ownership = ports.ownership();
        this.store = store;
        this.clock = ports.clock();
        this.mirror = new Mirror(this, store);
    }

    /// What other replicas do.
    public Mirror mirror() {
        return mirror;
    }

    /// Takes up every stored definition.
    void start() {
        changes.lock();
        try {
            List<ScheduledProbe> loaded = new ArrayList<>(LOADED_AT_ONCE);
            store.forEach(
                    stored -> {
                        loaded.add(add(stored));
                        if (loaded.size() == LOADED_AT_ONCE) {
                            planAll(loaded);
                            loaded.clear();
                        }
                    });
            planAll(loaded);
        } finally {
            changes.unlock();
        }
    }

    /// Plans nothing more and cancels what runs.
    ///
    /// @return completes when every run has ended and reported
    CompletableFuture<Void> stop() {
        List<CompletableFuture<Void>> idle = new ArrayList<>();
        for (Lane lane : lanes) {
            CompletableFuture<Void> laneIdle = new CompletableFuture<>();
            idle.add(laneIdle);
            lane.execute(() -> lane.stop(probes.values(), laneIdle), () -> laneIdle.complete(null));
        }
        return CompletableFuture.allOf(idle.toArray(CompletableFuture[]::new));
    }

    /// Creates, replaces or deletes one probe, as `edit` decides. When this returns the change is
    /// in the store and has taken effect; asking for what is already there changes nothing.
    public ProbeChange change(String name, ProbeEdit edit) {
        ProbeName.requireValid(name);
        return upToDate(() -> changeInTurn(name, edit));
    }

    private ProbeChange changeInTurn(String name, ProbeEdit edit) {
        ScheduledProbe probe = probes.get(name);
        ProbeDefinition before = probe == null ? null : probe.definition();
        ProbeSpec wanted = edit.apply(before);
        if (wanted == null) {
            if (probe != null) {
                delete(name);
            }
            return new ProbeChange(before, null);
        }
        if (before != null && before.spec().equals(wanted)) {
            return new ProbeChange(before, before);
        }
        ProbeDefinition after = next(name, before, wanted);
        save(List.of(after));
        return new ProbeChange(before, after);
    }

    /// Creates or replaces many probes in one transaction: all of them or, when this throws, none.
    /// A thousand at a time is a good number.
    public BulkChange putAll(List<NamedSpec> specs) {
        Map<String, ProbeSpec> latest = new LinkedHashMap<>();
        specs.forEach(named -> latest.put(named.name(), named.spec()));
        return upToDate(() -> putInTurn(latest, specs.size()));
    }

    private BulkChange putInTurn(Map<String, ProbeSpec> latest, int given) {
        List<ProbeDefinition> changed = new ArrayList<>();
        int created = 0;
        for (Map.Entry<String, ProbeSpec> entry : latest.entrySet()) {
            ScheduledProbe probe = probes.get(entry.getKey());
            ProbeDefinition before = probe == null ? null : probe.definition();
            if (before == null) {
                created++;
            }
            if (before == null || !before.spec().equals(entry.getValue())) {
                changed.add(next(entry.getKey(), before, entry.getValue()));
            }
        }
        save(changed);
        return new BulkChange(created, given - created);
    }

    public Optional<ProbeView> find(String name) {
        return Optional.ofNullable(probes.get(name)).map(ProbeView::of);
    }

    /// Probes in the order of their names.
    ///
    /// @param cursor the name after which to go on; the beginning when absent
    public Page<ProbeView> list(ProbeFilter filter, @Nullable String cursor, int limit) {
        List<ProbeView> items = new ArrayList<>();
        String lastName = null;
        for (ScheduledProbe probe :
                (cursor == null ? probes : probes.tailMap(cursor, false)).values()) {
            if (filter.matches(probe)) {
                if (items.size() == limit) {
                    return new Page<>(items, lastName);
                }
                items.add(ProbeView.of(probe));
                lastName = probe.definition().name();
            }
        }
        return new Page<>(items, null);
    }

    /// Every probe, live, in the order of their names.
    public Collection<WatchedProbe> all() {
        return Collections.unmodifiableCollection(probes.values());
    }

    /// Runs a probe once outside its schedule, also a paused one: at once or, where a run goes on,
    /// right after it. Its result belongs to the caller, not to the probe's history, so it carries
    /// no probe's name and decides nothing about the probe's state.
    ///
    /// @return empty when there is no such probe; the result is a `CancellationException` where the
    ///     probe is deleted meanwhile
    public Optional<CompletableFuture<ProbeResult>> runNow(String name) {
        ScheduledProbe probe = probes.get(name);
        if (probe == null) {
            return Optional.empty();
        }
        CompletableFuture<ProbeResult> whenDone = new CompletableFuture<>();
        probe.lane.execute(
                () -> probe.lane.runNow(probe, whenDone),
                () -> whenDone.completeExceptionally(new CancellationException("stopped")));
        return Optional.of(whenDone);
    }

    /// Completes when every change made to a probe so far has reached its event loop, so that its
    /// view shows what came of it; at once where there is no such probe.
    public CompletableFuture<Void> settled(String name) {
        CompletableFuture<Void> settled = new CompletableFuture<>();
        ScheduledProbe probe = probes.get(name);
        if (probe == null) {
            settled.complete(null);
        } else {
            probe.lane.execute(() -> settled.complete(null), () -> settled.complete(null));
        }
        return settled;
    }

    /// Hands on what this process runs, live, in the order of names.
    public void forEachOwned(Consumer<? super WatchedProbe> action) {
        for (ScheduledProbe probe : probes.values()) {
            if (ownership.owns(probe.partition())) {
                action.accept(probe);
            }
        }
    }

    Collection<ScheduledProbe> probes() {
        return probes.values();
    }

    @Nullable ScheduledProbe probe(String name) {
        return probes.get(name);
    }

    <T> T inTurn(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    /// Decides on what is there now, whoever changed it last.
    private <T> T upToDate(Supplier<T> change) {
        return inTurn(
                () -> {
                    while (true) {
                        mirror.followDefinitions();
                        try {
                            return change.get();
                        } catch (OutdatedDefinitionsException _) {
                            // Another replica was faster: what it did is read next.
                        }
                    }
                });
    }

    /// Makes a definition count that another replica has written.
    void take(StoredProbe stored) {
        ProbeDefinition after = shared.share(stored.definition());
        ScheduledProbe probe = probes.get(after.name());
        if (probe != null && !probe.definition().createdAt().equals(after.createdAt())) {
            forget(after.name());
            probe = null;
        }
        if (probe == null) {
            planAll(List.of(add(stored)));
        } else if (probe.definition().version() < after.version()) {
            replace(after);
        }
    }

    /// Another replica has deleted a definition.
    void forget(String name) {
        ScheduledProbe probe = probes.remove(name);
        if (probe != null) {
            probe.lane.execute(() -> probe.lane.remove(probe), () -> {});
        }
    }

    private ProbeDefinition next(String name, @Nullable ProbeDefinition before, ProbeSpec wanted) {
        return shared.share(
                before == null
                        ? ProbeDefinition.create(name, wanted, clock.instant())
                        : before.replace(wanted, clock.instant()));
    }

    private void save(List<ProbeDefinition> definitions) {
        Map<Boolean, List<ProbeDefinition>> byExisting = new HashMap<>();
        for (ProbeDefinition definition : definitions) {
            byExisting
                    .computeIfAbsent(probes.containsKey(definition.name()), _ -> new ArrayList<>())
                    .add(definition);
        }
        List<ProbeDefinition> created = byExisting.getOrDefault(false, List.of());
        List<ProbeDefinition> replaced = byExisting.getOrDefault(true, List.of());
        store.save(created, replaced);
        planAll(created.stream().map(this::addNew).toList());
        replaced.forEach(this::replace);
    }

    private ScheduledProbe addNew(ProbeDefinition definition) {
        ProbeHealth health =
                definition.spec().paused()
                        ? ProbeHealth.paused(definition.createdAt())
                        : ProbeHealth.pending(definition.createdAt());
        return add(new StoredProbe(definition, health));
    }

    private ScheduledProbe add(StoredProbe stored) {
        ProbeDefinition definition = shared.share(stored.definition());
        int lane = Math.floorMod(definition.name().hashCode(), lanes.size());
        ScheduledProbe probe =
                new ScheduledProbe(
                        lanes.get(lane),
                        ownership.partitionOf(definition.name()),
                        new StoredProbe(definition, stored.health()));
        probes.put(definition.name(), probe);
        return probe;
    }

    private void replace(ProbeDefinition after) {
        ScheduledProbe probe = probes.get(after.name());
        if (probe == null) {
            throw new IllegalStateException("nothing to replace: " + after.name());
        }
        ProbeSpec before = probe.definition().spec();
        probe.define(after);
        probe.lane.execute(() -> probe.lane.changed(probe, before, after.spec()), () -> {});
    }

    private void delete(String name) {
        store.delete(name);
        forget(name);
    }

    /// One command for each lane, however many probes there are.
    private void planAll(List<ScheduledProbe> added) {
        added.stream()
                .collect(Collectors.groupingBy(probe -> probe.lane))
                .forEach((lane, own) -> lane.execute(() -> own.forEach(lane::plan), () -> {}));
    }
}
