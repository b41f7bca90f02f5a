package dev.sonde.schedule;

import dev.sonde.probe.keeping.OutdatedDefinitionsException;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.probe.spec.ResourceName;
import dev.sonde.schedule.foreign.ForeignDefinitions;
import dev.sonde.schedule.plan.ProbeEntry;
import java.time.Clock;
import java.util.ArrayList;
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
    private final DefinitionWriter writer;
    private final SetComparison comparison;
    private final ReplicaChanges mirror;

    /// Held while definitions change, so store and book see the same order. One lock is enough,
    /// because the embedded database has one writer at a time.
    private final ReentrantLock turn = new ReentrantLock();

    /// @param foreign absent for a single process
    Definitions(
            ProbeBook book, ProbeStore store, Clock clock, @Nullable ForeignDefinitions foreign) {
        this.book = book;
        this.store = store;
        this.writer = new DefinitionWriter(book, store);
        this.comparison = new SetComparison(book, clock);
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
        ProbeDefinition before = book.defined(name);
        ProbeSpec wanted = edit.apply(before);
        OwnedBySetException.requireUnowned(before, wanted);
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
        ProbeDefinition after = comparison.next(name, before, wanted);
        writer.save(List.of(after));
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
            ProbeDefinition before = book.defined(entry.getKey());
            created += before == null ? 1 : 0;
            OwnedBySetException.requireUnowned(before, entry.getValue());
            if (before == null || !before.spec().equals(entry.getValue())) {
                changed.add(comparison.next(entry.getKey(), before, entry.getValue()));
            }
        }
        writer.save(changed);
        return new BulkChange(created, given - created);
    }

    /// Makes a set own exactly these probes, in one transaction with `more`.
    SetChange putSet(String set, Map<String, ProbeSpec> wanted, Runnable more) {
        return upToDate(
                () -> {
                    SetChange change = comparison.of(set, wanted);
                    writer.save(change.after(), change.deleted(), more);
                    return change;
                });
    }

    /// The difference that [#putSet] would make now.
    SetChange compareSet(String set, Map<String, ProbeSpec> wanted) {
        return upToDate(() -> comparison.of(set, wanted));
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
}
