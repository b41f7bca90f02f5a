package dev.sonde.listen;

import dev.sonde.listen.engine.ListenEngine;
import dev.sonde.memory.Weigher;
import dev.sonde.listen.spec.ListenerChange;
import dev.sonde.listen.spec.ListenerEvent;
import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.memory.HeapShare;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The entries of [Listeners], and those changes of them that the store has already. Reading is
/// safe
/// for any thread. Changes are made by the thread that has the lock of [Listeners].
final class ListenerTable {

    private static final Logger log = LoggerFactory.getLogger(ListenerTable.class);

    private final ListenEngine engine;
    private final ListenerStore store;
    private final HeapShare memory;
    private final ConcurrentNavigableMap<String, ListenerEntry> byName =
            new ConcurrentSkipListMap<>();

    ListenerTable(ListenEngine engine, ListenerStore store, HeapShare memory) {
        this.engine = engine;
        this.store = store;
        this.memory = memory;
    }

    ConcurrentNavigableMap<String, ListenerEntry> byName() {
        return byName;
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

    /// Brings a listener of all replicas to what the database has.
    void follow(String name, Supplier<Optional<StoredListener>> row) {
        ListenerEntry there = byName.get(name);
        Optional<StoredListener> wanted = row.get();
        if (there == null) {
            wanted.ifPresent(this::reopen);
        } else if (there.definition().isOfAll()) {
            wanted.ifPresentOrElse(each -> follow(there, each), () -> end(there));
        }
    }

    private void follow(ListenerEntry there, StoredListener wanted) {
        if (wanted.equals(there.definition().withAddress(null))) {
            return;
        }
        memory.take(Weigher.of(wanted.spec()));
        memory.giveBack(Weigher.of(there.definition().spec()));
        byName.put(there.name(), there.followed(wanted));
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
        if (address != null && !stored.isOfAll() && !address.equals(stored.address())) {
            keep(stored.withAddress(address));
        }
    }

    /// Stores the new address. If the store fails, it still has the listener with its earlier
    /// address.
    private void keep(StoredListener moved) {
        try {
            store.save(moved);
        } catch (RuntimeException e) {
            log.atWarn()
                    .addKeyValue("listener", moved.spec().name())
                    .addKeyValue("cause", e.getMessage())
                    .log("a listener's new address cannot be stored");
        }
    }
}
