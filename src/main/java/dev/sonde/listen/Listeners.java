package dev.sonde.listen;

import java.net.InetSocketAddress;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All listeners, by name. Safe for any thread but an event loop's: calls wait for the loops.
///
/// One lock lets one change happen at a time; looking on needs none.
public final class Listeners implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Listeners.class);

    /// A loop answers within milliseconds; filling a long accept queue takes longest.
    private static final long PATIENCE_SECONDS = 30;

    private final ListenEngine engine;
    private final ListenerStore store;
    private final int most;
    private final ReentrantLock changes = new ReentrantLock();
    private final ConcurrentNavigableMap<String, Entry> byName = new ConcurrentSkipListMap<>();

    /// @param definition as the store has it
    private record Entry(StoredListener definition, ListenerBook book, ManagedListener listener) {

        Entry with(StoredListener changed) {
            return new Entry(changed, book, listener);
        }
    }

    /// What came of a replacement.
    ///
    /// @param isNew whether there was none of the name
    public record Replacement(boolean isNew, ListenerStatus status) {}

    Listeners(ListenEngine engine, ListenerStore store, int most) {
        this.engine = engine;
        this.store = store;
        this.most = most;
    }

    /// Opens a listener.
    ///
    /// @throws ListenerException where it cannot be had; then nothing of it is left
    public ListenerStatus create(ListenerSpec spec) {
        return inTurn(
                () -> {
                    if (byName.containsKey(spec.name())) {
                        throw new ListenerException(
                                ListenerProblem.NAME_EXISTS,
                                "a listener of this name exists; PUT replaces it");
                    }
                    return add(spec);
                });
    }

    /// Creates a listener or changes the one of its name. While address, backlog and receive buffer
    /// stay, so does the socket with its connections, and new ones meet the new behaviour.
    ///
    /// @param precondition told of the listener there is; what it throws leaves all as it was
    /// @throws ListenerException where it cannot be had; then the old one goes on
    public Replacement replace(ListenerSpec spec, Consumer<Optional<StoredListener>> precondition) {
        return inTurn(
                () -> {
                    Entry old = byName.get(spec.name());
                    precondition.accept(Optional.ofNullable(old).map(Entry::definition));
                    return old == null
                            ? new Replacement(true, add(spec))
                            : new Replacement(false, change(old, spec));
                });
    }

    public Optional<ListenerStatus> get(String name) {
        return Optional.ofNullable(byName.get(name)).map(Listeners::status);
    }

    /// Those whose names come after `after`, in the order of names.
    public List<ListenerStatus> list(String after, int limit) {
        return statuses(
                byName.tailMap(after, false).sequencedValues().stream().limit(limit).toList());
    }

    public List<ListenerStatus> all() {
        return statuses(byName.sequencedValues());
    }

    /// Closes a listener and its connections, and forgets it. When this returns its port is free.
    ///
    /// @return whether there was one
    public boolean delete(String name, Consumer<Optional<StoredListener>> precondition) {
        return inTurn(
                () -> {
                    Entry entry = byName.get(name);
                    precondition.accept(Optional.ofNullable(entry).map(Entry::definition));
                    if (entry == null) {
                        return false;
                    }
                    store.delete(name);
                    byName.remove(name);
                    close(entry.listener());
                    entry.book().recordings().forget();
                    engine.tell(
                            new ListenerEvent.StateChanged(
                                    name, engine.clock().instant(), null, null, null));
                    return true;
                });
    }

    /// Stops accepting, or accepts again; listening goes on.
    public Optional<ListenerStatus> setPaused(String name, boolean paused) {
        return inTurn(
                () -> {
                    Entry entry = byName.get(name);
                    if (entry == null) {
                        return Optional.empty();
                    }
                    StoredListener now = entry.definition();
                    InetSocketAddress address = status(entry).address();
                    StoredListener changed =
                            new StoredListener(now.spec(), now.since(), paused, address);
                    store.save(changed);
                    byName.put(name, entry.with(changed));
                    ManagedListener listener = entry.listener();
                    await(LoopCall.on(listener.lane().loop(), () -> listener.setPaused(paused)));
                    return Optional.of(status(entry));
                });
    }

    /// Its connections, open and recorded, newest first.
    public Optional<List<ConnectionView>> connections(String name) {
        return Optional.ofNullable(byName.get(name)).map(entry -> entry.book().connections());
    }

    /// Forgets the recorded connections of a listener.
    ///
    /// @return whether there is one of the name
    public boolean forget(String name) {
        Entry entry = byName.get(name);
        if (entry == null) {
            return false;
        }
        entry.book().recordings().forget();
        return true;
    }

    /// The listener's side of a connection that is open or recorded. Never waits.
    ///
    /// @param client the client's end
    /// @param listener the end that the client connected to
    /// @param sinceNanos when the client called connect, on the loops' ticker: what was accepted
    ///     before is an earlier connection between the same ends
    public Optional<ListenerTrace> trace(
            InetSocketAddress client, InetSocketAddress listener, long sinceNanos) {
        return engine.traces()
                .find(new FourTuple(client, listener))
                .filter(log -> log.startNanos() - sinceNanos >= 0)
                .map(log -> new ListenerTrace(log, sinceNanos));
    }

    /// Opens what the store has. What cannot be had now has failed and is tried again.
    void reopen() {
        inTurn(
                () -> {
                    for (StoredListener stored : store.all()) {
                        if (!byName.containsKey(stored.spec().name())) {
                            reopen(stored);
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
                    byName.values().forEach(entry -> closeQuietly(entry.listener()));
                    byName.clear();
                    return true;
                });
    }

    private void reopen(StoredListener stored) {
        String name = stored.spec().name();
        ListenerBook book = new ListenerBook(name, engine);
        ManagedListener listener = new ManagedListener(book, engine.lanes().next(), stored);
        byName.put(name, new Entry(stored, book, listener));
        InetSocketAddress address =
                await(
                        LoopCall.on(
                                listener.lane().loop(),
                                () -> {
                                    listener.openOrRetry();
                                    return listener.address();
                                }));
        log.atInfo()
                .addKeyValue("listener", name)
                .addKeyValue("address", address)
                .log(address == null ? "listener not open" : "listener open again");
        if (address != null) {
            store.save(new StoredListener(stored.spec(), stored.since(), stored.paused(), address));
        }
    }

    private ListenerStatus add(ListenerSpec spec) {
        if (byName.size() >= most) {
            throw new ListenerException(
                    ListenerProblem.TOO_MANY_LISTENERS,
                    "there are " + most + " listeners already (sonde.listeners.max)");
        }
        Entry entry = open(new ListenerBook(spec.name(), engine), fresh(spec, false));
        try {
            return put(entry);
        } catch (RuntimeException e) {
            byName.remove(spec.name());
            close(entry.listener());
            throw e;
        }
    }

    private ListenerStatus change(Entry old, ListenerSpec spec) {
        StoredListener wanted = fresh(spec, old.definition().paused());
        ListenerStatus before = status(old);
        if (before.address() != null && old.definition().spec().sharesSocketWith(spec)) {
            ManagedListener listener = old.listener();
            await(flat(listener, each -> each.apply(wanted)));
            return put(new Entry(wanted, old.book(), listener));
        }
        return put(move(old, before, wanted));
    }

    /// To another socket: opened before the old one is closed, unless both want one port.
    private Entry move(Entry old, ListenerStatus before, StoredListener wanted) {
        InetSocketAddress address = before.address();
        if (address == null || address.getPort() != wanted.spec().bind().getPort()) {
            Entry moved = open(old.book(), wanted);
            close(old.listener());
            return moved;
        }
        PortOpening.requireAllowed(engine, wanted.spec().bind());
        close(old.listener());
        try {
            return open(old.book(), wanted);
        } catch (ListenerException e) {
            ManagedListener again =
                    new ManagedListener(old.book(), old.listener().lane(), old.definition());
            await(LoopCall.on(again.lane().loop(), again::openOrRetry));
            byName.put(before.name(), new Entry(old.definition(), old.book(), again));
            throw e;
        }
    }

    private Entry open(ListenerBook book, StoredListener wanted) {
        ManagedListener listener = new ManagedListener(book, engine.lanes().next(), wanted);
        try {
            await(flat(listener, ManagedListener::open));
        } catch (ListenerException e) {
            close(listener);
            throw e;
        }
        return new Entry(wanted, book, listener);
    }

    /// The registry comes first: it has to know of every listener that is open.
    private ListenerStatus put(Entry entry) {
        ListenerStatus status = status(entry);
        StoredListener now = entry.definition();
        byName.put(status.name(), entry);
        store.save(new StoredListener(now.spec(), now.since(), now.paused(), status.address()));
        return status;
    }

    private StoredListener fresh(ListenerSpec spec, boolean paused) {
        return new StoredListener(
                spec, engine.clock().instant().truncatedTo(ChronoUnit.MICROS), paused, null);
    }

    private void close(ManagedListener listener) {
        await(flat(listener, ManagedListener::close));
    }

    private void closeQuietly(ManagedListener listener) {
        try {
            close(listener);
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("the loops were faster");
        }
    }

    private static ListenerStatus status(Entry entry) {
        ManagedListener listener = entry.listener();
        return await(LoopCall.on(listener.lane().loop(), listener::status));
    }

    private static List<ListenerStatus> statuses(SequencedCollection<Entry> entries) {
        List<CompletableFuture<ListenerStatus>> asked = new ArrayList<>();
        for (Entry entry : entries) {
            asked.add(LoopCall.on(entry.listener().lane().loop(), entry.listener()::status));
        }
        return asked.stream().map(Listeners::await).toList();
    }

    /// Starts something on the listener's loop that ends later.
    @SuppressWarnings("FutureReturnValueIgnored") // the inner one is what is returned
    private static <T extends @Nullable Object> CompletableFuture<T> flat(
            ManagedListener listener, Function<ManagedListener, CompletableFuture<T>> start) {
        return LoopCall.on(listener.lane().loop(), () -> start.apply(listener))
                .thenCompose(Function.identity());
    }

    private <T> T inTurn(Supplier<T> change) {
        changes.lock();
        try {
            return change.get();
        } finally {
            changes.unlock();
        }
    }

    private static <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
        try {
            return answer.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof ListenerException known) {
                throw known;
            }
            if (e.getCause() instanceof TimeoutException) {
                throw new IllegalStateException("an event loop does not answer", e);
            }
            throw e;
        }
    }
}
