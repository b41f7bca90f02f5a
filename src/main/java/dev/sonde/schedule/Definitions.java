package dev.sonde.schedule;

import dev.sonde.memory.HeapShare;
import dev.sonde.memory.Weigher;
import dev.sonde.probe.keeping.OutdatedDefinitionsException;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.schedule.plan.ProbeEntry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Changes of definitions in store and book, one after the other. Safe for any thread but an event
/// loop's, because a change waits for the store.
public final class Definitions {

    /// The first few probes run while the others are read.
    private static final int FIRST_LOADED = 32;

    private static final int LOADED_AT_ONCE = 1_024;

    private final ProbeBook book;
    private final ProbeStore store;
    private final Clock clock;
    private final ReplicaChanges mirror;

    /// Held while definitions change, so store and book see the same order. One lock is enough,
    /// because the embedded database has one writer at a time.
    private final ReentrantLock turn = new ReentrantLock();

    /// @param foreign absent for a single process
    Definitions(
            ProbeBook book, ProbeStore store, Clock clock, @Nullable ForeignDefinitions foreign) {
        this.book = book;
        this.store = store;
        this.clock = clock;
        this.mirror = new ReplicaChanges(this, book, store, foreign);
    }

    ReplicaChanges mirror() {
        return mirror;
    }

    /// Takes up every stored definition.
    void load() {
        inTurn(
                () -> {
                    List<ProbeEntry> loaded = new ArrayList<>(LOADED_AT_ONCE);
                    int[] most = {FIRST_LOADED};
                    store.forEach(
                            stored -> {
                                loaded.add(book.add(held(stored)));
                                if (loaded.size() == most[0]) {
                                    book.plan(loaded);
                                    loaded.clear();
                                    most[0] = Math.min(2 * most[0], LOADED_AT_ONCE);
                                }
                            });
                    book.plan(loaded);
                    return true;
                });
    }

    /// Creates, replaces or deletes one probe, as `edit` decides.
    ProbeChange change(String name, ProbeEdit edit) {
        ResourceName.requireValid(name);
        return upToDate(() -> changeInTurn(name, edit));
    }

    private ProbeChange changeInTurn(String name, ProbeEdit edit) {
        ProbeDefinition before = defined(name);
        ProbeSpec wanted = edit.apply(before);
        requireUnowned(before, wanted);
        if (wanted == null) {
            if (before != null) {
                store.delete(name);
                book.remove(name);
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

    /// Creates or replaces many probes in one transaction.
    BulkChange putAll(List<NamedSpec> specs) {
        Map<String, ProbeSpec> latest = new LinkedHashMap<>();
        specs.forEach(named -> latest.put(named.name(), named.spec()));
        return upToDate(() -> putInTurn(latest, specs.size()));
    }

    private BulkChange putInTurn(Map<String, ProbeSpec> latest, int given) {
        List<ProbeDefinition> changed = new ArrayList<>();
        int created = 0;
        for (Map.Entry<String, ProbeSpec> entry : latest.entrySet()) {
            ProbeDefinition before = defined(entry.getKey());
            if (before == null) {
                created++;
            }
            requireUnowned(before, entry.getValue());
            if (before == null || !before.spec().equals(entry.getValue())) {
                changed.add(next(entry.getKey(), before, entry.getValue()));
            }
        }
        save(changed);
        return new BulkChange(created, given - created);
    }

    /// A probe of a set can be paused and resumed, nothing else.
    private static void requireUnowned(
            @Nullable ProbeDefinition before, @Nullable ProbeSpec wanted) {
        if (before == null || before.source() == null) {
            return;
        }
        ProbeSpec spec = before.spec();
        if (wanted == null || !wanted.equals(spec.withPaused(wanted.paused()))) {
            throw new OwnedBySetException(before.name(), before.source());
        }
    }

    /// Makes a set own exactly these probes, in one transaction with `more`.
    SetChange putSet(String set, Map<String, ProbeSpec> wanted, Runnable more) {
        return upToDate(
                () -> {
                    SetChange change = compare(set, wanted);
                    save(change.after(), change.deleted(), more);
                    return change;
                });
    }

    /// The difference that [#putSet] would make now.
    SetChange compareSet(String set, Map<String, ProbeSpec> wanted) {
        return upToDate(() -> compare(set, wanted));
    }

    private SetChange compare(String set, Map<String, ProbeSpec> wanted) {
        Map<String, ProbeDefinition> owned = owned(set);
        List<ProbeChange> changes = new ArrayList<>();
        wanted.forEach(
                (name, spec) -> {
                    ProbeDefinition before = defined(name);
                    if (before == null) {
                        ProbeDefinition created =
                                ProbeDefinition.create(name, spec, clock.instant());
                        changes.add(new ProbeChange(null, created.ownedBy(set)));
                    } else if (!set.equals(before.source())) {
                        throw new OwnedBySetException(name, before.source());
                    } else {
                        boolean isPaused = before.spec().paused();
                        ProbeSpec kept =
                                spec.paused() == isPaused ? spec : spec.withPaused(isPaused);
                        if (!kept.equals(before.spec())) {
                            changes.add(new ProbeChange(before, next(name, before, kept)));
                        }
                    }
                });
        int unchanged = wanted.size() - changes.size();
        owned.keySet().removeAll(wanted.keySet());
        owned.values().forEach(gone -> changes.add(new ProbeChange(gone, null)));
        return new SetChange(changes, unchanged);
    }

    private Map<String, ProbeDefinition> owned(String set) {
        Map<String, ProbeDefinition> owned = new LinkedHashMap<>();
        for (ProbeEntry probe : book.all()) {
            if (set.equals(probe.set())) {
                owned.put(probe.name(), probe.definition());
            }
        }
        return owned;
    }

    /// Makes a definition count that another replica has written.
    void take(StoredProbe stored) {
        StoredProbe held = held(stored);
        ProbeDefinition after = held.definition();
        ProbeDefinition before = book.known(after.name());
        if (before != null && !before.createdAt().equals(after.createdAt())) {
            book.remove(after.name());
            before = null;
        }
        if (before == null) {
            book.plan(List.of(book.add(held)));
        } else if (before.version() < after.version()) {
            book.replace(after);
        } else {
            book.shared().release(after);
        }
    }

    private StoredProbe held(StoredProbe stored) {
        return new StoredProbe(book.shared().hold(stored.definition()), stored.health());
    }

    <T> T inTurn(Supplier<T> change) {
        turn.lock();
        try {
            return change.get();
        } finally {
            turn.unlock();
        }
    }

    /// Decides on the present definition, independent of its latest writer.
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

    private @Nullable ProbeDefinition defined(String name) {
        ProbeEntry probe = book.find(name);
        return probe == null ? null : probe.definition();
    }

    private ProbeDefinition next(String name, @Nullable ProbeDefinition before, ProbeSpec wanted) {
        return before == null
                ? ProbeDefinition.create(name, wanted, clock.instant())
                : before.replace(wanted, clock.instant());
    }

    private void save(List<ProbeDefinition> definitions) {
        save(definitions, List.of(), () -> {});
    }

    private void save(List<ProbeDefinition> definitions, List<String> deleted, Runnable more) {
        SharedValues shared = book.shared();
        List<ProbeDefinition> held = definitions.stream().map(shared::hold).toList();
        try {
            requireRoom(held);
            saveHeld(held, deleted, more);
        } catch (RuntimeException e) {
            held.forEach(shared::release);
            throw e;
        }
    }

    /// The present definition counts until its successor is stored.
    private void requireRoom(List<ProbeDefinition> held) {
        HeapShare memory = book.shared().memory();
        if (!memory.isOver()) {
            return;
        }
        long grown = 0;
        for (ProbeDefinition after : held) {
            ProbeDefinition before = defined(after.name());
            grown += Weigher.of(after.spec()) - (before == null ? 0 : Weigher.of(before.spec()));
        }
        if (grown > 0) {
            memory.countRefused();
            throw new DefinitionsFullException(memory);
        }
    }

    private void saveHeld(List<ProbeDefinition> held, List<String> deleted, Runnable more) {
        Map<Boolean, List<ProbeDefinition>> byExisting = new HashMap<>();
        for (ProbeDefinition definition : held) {
            byExisting
                    .computeIfAbsent(book.find(definition.name()) != null, _ -> new ArrayList<>())
                    .add(definition);
        }
        List<ProbeDefinition> created = byExisting.getOrDefault(false, List.of());
        List<ProbeDefinition> replaced = byExisting.getOrDefault(true, List.of());
        store.change(created, replaced, deleted, more);
        deleted.forEach(book::remove);
        book.plan(created.stream().map(book::addNew).toList());
        replaced.forEach(book::replace);
    }
}
