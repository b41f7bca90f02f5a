package dev.sonde.listen;

import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopAnswers;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.spec.CloseMode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All listeners, by name. Safe for any thread but an event loop's: calls wait for the loops.
///
/// A lock serialises changes; reading needs none.
public final class Listeners implements AutoCloseable {

    private final ListenerStore store;
    private final ListenerTable table;
    private final int most;
    private final ReentrantLock changes = new ReentrantLock();
    private final ConcurrentNavigableMap<String, ListenerEntry> byName;

    /// The outcome of a replacement.
    ///
    /// @param isNew whether there was none of the name
    public record Replacement(boolean isNew, ListenerStatus status) {}

    Listeners(ListenEngine engine, ListenerStore store, int most, HeapShare memory) {
        this.store = store;
        this.most = most;
        this.table = new ListenerTable(engine, store, memory);
        this.byName = table.byName();
    }

    /// Opens a listener.
    ///
    /// @throws ListenerException when it cannot be opened; then nothing of it is left
    public ListenerStatus create(ListenerSpec spec) {
        return create(spec, false);
    }

    /// The same.
    ///
    /// @param isOfAll whether the other replicas open it too
    public ListenerStatus create(ListenerSpec spec, boolean isOfAll) {
        return inTurn(
                () -> {
                    if (byName.containsKey(spec.name())) {
                        throw new ListenerException(
                                ListenerProblem.NAME_EXISTS,
                                "a listener of this name exists; PUT replaces it");
                    }
                    return add(spec, null, isOfAll);
                });
    }

    /// Creates a listener or changes the one of its name. The socket and its connections stay if
    /// address, backlog and receive buffer do. New connections meet the new behaviour.
    ///
    /// @param precondition called with the present listener; its exception leaves all as it was
    /// @throws ListenerException when it cannot be opened; the old one then continues
    public Replacement replace(ListenerSpec spec, Consumer<Optional<StoredListener>> precondition) {
        return replace(spec, null, false, precondition);
    }

    /// The same.
    ///
    /// @param isOfAll whether the other replicas open a new one too
    public Replacement replace(
            ListenerSpec spec, boolean isOfAll, Consumer<Optional<StoredListener>> precondition) {
        return replace(spec, null, isOfAll, precondition);
    }

    /// The same for a set of definitions, which owns the listener from then on. A listener without
    /// owner or of another set is refused.
    ///
    /// @throws ListenerException as above
    public Replacement replaceOwned(ListenerSpec spec, String set) {
        return replace(spec, set, false, _ -> {});
    }

    private Replacement replace(
            ListenerSpec spec,
            @Nullable String set,
            boolean isOfAll,
            Consumer<Optional<StoredListener>> precondition) {
        return inTurn(
                () -> {
                    ListenerEntry old = byName.get(spec.name());
                    precondition.accept(Optional.ofNullable(old).map(ListenerEntry::definition));
                    if (old == null) {
                        return new Replacement(true, add(spec, set, isOfAll));
                    }
                    ListenerOwner.require(old.definition(), set);
                    return new Replacement(false, table.change(old, spec));
                });
    }

    public Optional<ListenerStatus> get(String name) {
        return Optional.ofNullable(byName.get(name)).map(ListenerEntry::status);
    }

    /// The definition of a listener; asks no loop.
    public Optional<StoredListener> definition(String name) {
        return Optional.ofNullable(byName.get(name)).map(ListenerEntry::definition);
    }

    /// Those whose names come after `after`, in the order of names.
    public List<ListenerStatus> list(String after, int limit) {
        return statuses(
                byName.tailMap(after, false).sequencedValues().stream().limit(limit).toList());
    }

    /// Every definition in the order of names; asks no loop.
    public List<StoredListener> definitions() {
        return byName.values().stream().map(ListenerEntry::definition).toList();
    }

    public List<ListenerStatus> all() {
        return statuses(byName.sequencedValues());
    }

    /// Closes a listener and its connections, and forgets it. When this returns its port is free.
    ///
    /// @return whether there was one
    public boolean delete(String name, Consumer<Optional<StoredListener>> precondition) {
        return delete(name, null, precondition);
    }

    /// The same for the set that owns the listener.
    public boolean deleteOwned(String name, String set) {
        return delete(name, set, _ -> {});
    }

    private boolean delete(
            String name, @Nullable String set, Consumer<Optional<StoredListener>> precondition) {
        return inTurn(
                () -> {
                    ListenerEntry there = byName.get(name);
                    precondition.accept(Optional.ofNullable(there).map(ListenerEntry::definition));
                    if (there == null) {
                        return false;
                    }
                    ListenerOwner.require(there.definition(), set);
                    table.forget(there.definition());
                    table.end(there);
                    return true;
                });
    }

    /// Brings a listener that another replica may change to what the database has. It is read in
    /// turn with the changes of this replica.
    public void follow(String name, Supplier<Optional<StoredListener>> row) {
        inTurn(
                () -> {
                    table.follow(name, row);
                    return true;
                });
    }

    /// Changes several listeners. Their rows wait until `work` writes them. Nobody else changes a
    /// listener meanwhile.
    ///
    /// @param work is given the writing of the rows, in the transaction of the caller
    public <T> T together(Function<Runnable, T> work) {
        return inTurn(() -> table.together(work));
    }

    /// Puts a listener back that was changed or deleted, as the store has it. One that cannot be
    /// opened becomes `failed` and is retried.
    ///
    /// @param before with its address
    public void restore(StoredListener before) {
        inTurn(
                () -> {
                    table.restore(before);
                    return true;
                });
    }

    /// Stops accepting, or accepts again; listening goes on.
    public Optional<ListenerStatus> setPaused(String name, boolean paused) {
        return inTurn(
                () -> {
                    ListenerEntry there = byName.get(name);
                    if (there == null) {
                        return Optional.empty();
                    }
                    StoredListener now = there.definition();
                    if (now.unreadable() != null) {
                        // Its row stays as it is.
                        return Optional.of(there.status());
                    }
                    table.save(now.withPaused(paused).withAddress(there.address()));
                    ListenerEntry changed = there.with(now.withPaused(paused));
                    byName.put(name, changed);
                    changed.setPaused(paused);
                    return Optional.of(changed.status());
                });
    }

    /// Its connections, open and recorded, newest first.
    public Optional<List<ConnectionView>> connections(String name) {
        return connections(name, Long.MAX_VALUE, _ -> true, Integer.MAX_VALUE);
    }

    /// A part of them: those that are wanted.
    ///
    /// @param before a number of a connection; later ones are left out
    /// @param most at least 1
    public Optional<List<ConnectionView>> connections(
            String name, long before, Predicate<ConnectionView> wanted, int most) {
        return Optional.ofNullable(byName.get(name))
                .map(there -> there.book().connections(before, wanted, most));
    }

    /// Waits for connections of a listener; absent where no listener has the name.
    ///
    /// @throws InterruptedException when the caller is to stop
    public Optional<WaitedConnections> await(String name, ConnectionWait wish)
            throws InterruptedException {
        ListenerEntry there = byName.get(name);
        return there == null ? Optional.empty() : Optional.of(there.book().await(wish));
    }

    /// Closes the listeners that have all of these labels, with their connections. Listeners of a
    /// set stay.
    ///
    /// @return how many
    public int deleteAll(Map<String, String> labels) {
        List<String> names =
                definitions().stream()
                        .filter(each -> each.source() == null)
                        .map(StoredListener::spec)
                        .filter(each -> each.labels().entrySet().containsAll(labels.entrySet()))
                        .map(ListenerSpec::name)
                        .toList();
        return (int) names.stream().filter(name -> delete(name, _ -> {})).count();
    }

    /// Ends open connections of a listener; the port stays.
    ///
    /// @param id of one; all when absent
    /// @return their number; absent where no listener has the name
    public Optional<Integer> endConnections(String name, @Nullable Long id, CloseMode mode) {
        return Optional.ofNullable(byName.get(name))
                .map(there -> LoopAnswers.await(there.book().endOpen(id, mode)));
    }

    /// Forgets the recorded connections of a listener; false where no listener has the name.
    public boolean forget(String name) {
        Optional<ListenerEntry> there = Optional.ofNullable(byName.get(name));
        there.ifPresent(each -> each.book().recordings().forget());
        return there.isPresent();
    }

    /// Opens every stored listener. One that cannot be opened becomes `failed` and is retried.
    void reopen() {
        inTurn(
                () -> {
                    for (StoredListener stored : store.all()) {
                        if (!byName.containsKey(stored.spec().name())) {
                            table.reopen(stored);
                        }
                    }
                    return true;
                });
    }

    /// Closes all listeners; the store keeps them.
    @Override
    public void close() {
        inTurn(
                () -> {
                    byName.values().forEach(ListenerEntry::closeQuietly);
                    byName.clear();
                    return true;
                });
    }

    private ListenerStatus add(ListenerSpec spec, @Nullable String set, boolean isOfAll) {
        if (byName.size() >= most) {
            throw new ListenerException(
                    ListenerProblem.TOO_MANY_LISTENERS,
                    "there are " + most + " listeners already (sonde.listeners.max)");
        }
        return table.add(spec, set, isOfAll);
    }

    private static List<ListenerStatus> statuses(SequencedCollection<ListenerEntry> listeners) {
        return listeners.stream()
                .map(ListenerEntry::ask)
                // All are asked before the first answer is waited for.
                .toList()
                .stream()
                .map(LoopAnswers::await)
                .toList();
    }

    private <T> T inTurn(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }
}
