package dev.sonde.listen;

import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.engine.LoopAnswers;
import dev.sonde.listen.port.PortOpening;
import dev.sonde.listen.spec.ConnectionView;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.memory.HeapShare;
import dev.sonde.probe.spec.CloseMode;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All listeners, by name. Safe for any thread but an event loop's: calls wait for the loops.
///
/// A lock serialises changes; reading needs none.
public final class Listeners implements AutoCloseable {

    private final ListenEngine engine;
    private final ListenerStore store;
    private final HeapShare memory;
    private final ListenerTable table;
    private final int most;
    private final ReentrantLock changes = new ReentrantLock();
    private final ConcurrentNavigableMap<String, ListenerEntry> byName;

    /// The outcome of a replacement.
    ///
    /// @param isNew whether there was none of the name
    public record Replacement(boolean isNew, ListenerStatus status) {}

    Listeners(ListenEngine engine, ListenerStore store, int most, HeapShare memory) {
        this.memory = memory;
        this.engine = engine;
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
                    return new Replacement(false, change(old, spec));
                });
    }

    public Optional<ListenerStatus> get(String name) {
        return Optional.ofNullable(byName.get(name)).map(ListenerEntry::status);
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
                    if (there.definition().isOfAll()) {
                        store.deleteOfAll(name);
                    } else {
                        store.delete(name);
                    }
                    table.end(there);
                    return true;
                });
    }

    /// Brings a listener of all replicas to what the database has. The database is read in turn
    /// with
    /// the changes of this replica.
    public void follow(String name, Supplier<Optional<StoredListener>> row) {
        inTurn(
                () -> {
                    table.follow(name, row);
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
                    save(now.withPaused(paused).withAddress(there.address()));
                    ListenerEntry changed = there.with(now.withPaused(paused));
                    byName.put(name, changed);
                    changed.setPaused(paused);
                    return Optional.of(changed.status());
                });
    }

    /// Its connections, open and recorded, newest first.
    public Optional<List<ConnectionView>> connections(String name) {
        return Optional.ofNullable(byName.get(name)).map(there -> there.book().connections());
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
        ListenerConnections book = new ListenerConnections(spec.name(), engine);
        StoredListener fresh = fresh(spec, false, set);
        return put(
                ListenerEntry.open(engine, book, isOfAll ? fresh.ofAll() : fresh),
                ListenerEntry::close);
    }

    private ListenerStatus change(ListenerEntry old, ListenerSpec spec) {
        StoredListener wanted = wanted(old.definition(), spec);
        InetSocketAddress address = old.address();
        if (address == null) {
            return spec.bind().isUnresolved() ? awaitInterface(old, wanted) : move(old, wanted);
        }
        if (old.definition().spec().sharesSocketWith(spec)) {
            return put(old.apply(wanted), changed -> changed.applyAgain(old));
        }
        return address.getPort() == spec.bind().getPort()
                ? moveOnItsPort(old, wanted)
                : move(old, wanted);
    }

    /// Changes a listener whose address has lost its interface. It is opened when the interface is
    /// back.
    private ListenerStatus awaitInterface(ListenerEntry old, StoredListener wanted) {
        ListenerStatus status =
                put(ListenerEntry.openOrRetry(engine, old.book(), wanted), ListenerEntry::close);
        old.close();
        return status;
    }

    /// Moves to another port, which is opened before the old one is closed.
    private ListenerStatus move(ListenerEntry old, StoredListener wanted) {
        ListenerStatus status =
                put(ListenerEntry.open(engine, old.book(), wanted), ListenerEntry::close);
        old.close();
        return status;
    }

    /// Two sockets cannot have one port. If the new one cannot be opened, the old one comes back.
    private ListenerStatus moveOnItsPort(ListenerEntry old, StoredListener wanted) {
        PortOpening.requireAllowed(engine, PortOpening.here(wanted.spec().bind()));
        var _ = TlsTerms.of(engine, wanted.spec()).server();
        old.close();
        try {
            return put(ListenerEntry.open(engine, old.book(), wanted), ListenerEntry::close);
        } catch (RuntimeException e) {
            byName.put(old.name(), ListenerEntry.openOrRetry(engine, old.book(), old.definition()));
            throw e;
        }
    }

    /// Keeps a listener that is open, or takes it back where the store does not.
    private ListenerStatus put(ListenerEntry opened, Consumer<ListenerEntry> back) {
        long grown = 0;
        try {
            grown = SpecMemory.take(memory, byName.get(opened.name()), opened);
            ListenerStatus status = opened.status();
            save(opened.definition().withAddress(status.address()));
            byName.put(opened.name(), opened);
            return status;
        } catch (RuntimeException e) {
            memory.giveBack(grown);
            back.accept(opened);
            throw e;
        }
    }

    private void save(StoredListener listener) {
        if (listener.spec().isTransient()) {
            store.delete(listener.spec().name());
        } else {
            store.save(listener);
        }
    }

    /// A definition that stays as it was keeps its age, unless its time begins anew.
    private StoredListener wanted(StoredListener now, ListenerSpec spec) {
        if (spec.ttl() == null && spec.equals(now.spec())) {
            return now.withAddress(null);
        }
        StoredListener fresh = fresh(spec, now.paused(), now.source());
        return now.isOfAll() ? fresh.ofAll() : fresh;
    }

    private StoredListener fresh(ListenerSpec spec, boolean paused, @Nullable String set) {
        Instant now = engine.clock().instant().truncatedTo(ChronoUnit.MICROS);
        return new StoredListener(spec, now, paused, null, null, set);
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
