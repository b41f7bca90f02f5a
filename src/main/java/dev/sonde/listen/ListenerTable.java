package dev.sonde.listen;

import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.listen.port.PortOpening;
import dev.sonde.listen.spec.ListenerChange;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.ListenerStatus;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.listen.spec.WaitingRows;
import dev.sonde.memory.HeapShare;
import dev.sonde.memory.Weigher;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The entries of [Listeners] and their changes. Reading is safe for any thread. Changes are made
/// by the thread that has the lock of [Listeners].
final class ListenerTable {

    private static final Logger log = LoggerFactory.getLogger(ListenerTable.class);

    private final ListenEngine engine;
    private final ListenerStore store;
    private final HeapShare memory;

    /// The store, or the rows that wait for it.
    private ListenerStore rows;

    private final ConcurrentNavigableMap<String, ListenerEntry> byName =
            new ConcurrentSkipListMap<>();

    ListenerTable(ListenEngine engine, ListenerStore store, HeapShare memory) {
        this.engine = engine;
        this.store = store;
        this.rows = store;
        this.memory = memory;
    }

    ConcurrentNavigableMap<String, ListenerEntry> byName() {
        return byName;
    }

    /// Opens a new listener and keeps it.
    ///
    /// @throws ListenerException when it cannot be opened; then nothing of it is left
    ListenerStatus add(ListenerSpec spec, @Nullable String set, boolean isOfAll) {
        ListenerConnections book = new ListenerConnections(spec.name(), engine);
        StoredListener fresh = fresh(spec, false, set);
        return put(
                ListenerEntry.open(engine, book, isOfAll ? fresh.ofAll() : fresh),
                ListenerEntry::close);
    }

    /// Makes a listener what `spec` says.
    ///
    /// @throws ListenerException when it cannot be opened; then the old one stays
    ListenerStatus change(ListenerEntry old, ListenerSpec spec) {
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

    /// Stores a listener; a transient one is in no store.
    void save(StoredListener listener) {
        if (!listener.spec().isTransient()) {
            rows.save(listener);
            return;
        }
        ListenerEntry before = byName.get(listener.spec().name());
        if (before != null) {
            forget(before.definition());
        }
    }

    /// Removes the row of a listener, if it has one.
    void forget(StoredListener gone) {
        if (gone.spec().isTransient()) {
            return;
        }
        if (gone.isOfAll()) {
            rows.deleteOfAll(gone.spec().name());
        } else {
            rows.delete(gone.spec().name());
        }
    }

    /// Has all rows wait until `work` writes them.
    <T> T together(Function<Runnable, T> work) {
        WaitingRows waiting = new WaitingRows(store);
        rows = waiting;
        try {
            return work.apply(waiting::write);
        } finally {
            rows = store;
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

    /// Closes a listener that the store has no more.
    void end(ListenerEntry there) {
        byName.remove(there.name());
        memory.giveBack(Weigher.of(there.definition().spec()));
        there.close();
        there.book().recordings().forget();
        Instant now = engine.clock().instant();
        engine.tell(
                new ListenerEvent.Changed(
                        there.name(), now, ListenerChange.DELETED, null, null, null));
    }

    /// Brings a listener that another replica may change to what the database has.
    void follow(String name, Supplier<Optional<StoredListener>> row) {
        ListenerEntry there = byName.get(name);
        Optional<StoredListener> wanted = row.get();
        if (there == null) {
            wanted.ifPresent(this::reopen);
        } else if (there.definition().isChangedElsewhere()) {
            wanted.ifPresentOrElse(each -> follow(there, each), () -> end(there));
        }
    }

    private void follow(ListenerEntry there, StoredListener wanted) {
        ListenerEntry now = there;
        if (!wanted.withAddress(null).equals(there.definition().withAddress(null))) {
            now = take(there, wanted);
        }
        keepAddress(now.address(), wanted);
    }

    private void keepAddress(@Nullable InetSocketAddress address, StoredListener stored) {
        if (address != null && !stored.isOfAll() && !address.equals(stored.address())) {
            keep(stored, address);
        }
    }

    private ListenerEntry take(ListenerEntry there, StoredListener wanted) {
        memory.take(Weigher.of(wanted.spec()));
        memory.giveBack(Weigher.of(there.definition().spec()));
        ListenerEntry followed = there.followed(wanted);
        byName.put(there.name(), followed);
        return followed;
    }

    /// Opens a stored listener. One that cannot be opened becomes `failed` and is retried.
    void reopen(StoredListener stored) {
        String name = stored.spec().name();
        ListenerEntry opened =
                ListenerEntry.openOrRetry(engine, new ListenerConnections(name, engine), stored);
        byName.put(name, opened);
        memory.take(Weigher.of(stored.spec()));
        InetSocketAddress address = opened.address();
        log.atInfo()
                .addKeyValue("listener", name)
                .addKeyValue("address", address)
                .log(address == null ? "listener not open" : "listener open again");
        keepAddress(address, stored);
    }

    /// Puts a listener back as the store has it.
    void restore(StoredListener before) {
        ListenerEntry there = byName.get(before.spec().name());
        if (there == null) {
            reopen(before);
            return;
        }
        keepAddress(take(there, before).address(), before);
    }

    /// Stores the new address. If the store fails, it still has the listener with its earlier
    /// address.
    private void keep(StoredListener moved, InetSocketAddress address) {
        try {
            store.saveAddress(moved, address);
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("listener", moved.spec().name())
                    .addKeyValue("cause", e.getMessage())
                    .log("a listener's new address cannot be stored");
        }
    }
}
