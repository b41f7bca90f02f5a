package dev.sonde.store.embedded;

import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import java.util.List;

/// Listeners in the embedded database, with their names in the ledger beside it. For one thread at
/// a time.
public final class LedgeredListenerStore implements ListenerStore {

    private final ListenerStore store;
    private final DefinitionLedger ledger;

    public LedgeredListenerStore(ListenerStore store, DefinitionLedger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /// @throws dev.sonde.probe.keeping.ChangeRefusedException where the file takes nothing now
    @Override
    public void save(StoredListener listener) {
        LedgeredChange.make(() -> store.save(listener));
        LedgeredChange.add(ledger, List.of(entry(listener.spec().name())));
    }

    /// @throws dev.sonde.probe.keeping.ChangeRefusedException as for [#save]
    @Override
    public void delete(String name) {
        LedgeredChange.remove(ledger, List.of(entry(name)), () -> store.delete(name));
    }

    /// @throws dev.sonde.probe.keeping.ChangeRefusedException as for [#save]
    @Override
    public void inTransaction(Runnable changes) {
        LedgeredChange.make(() -> store.inTransaction(changes));
    }

    @Override
    public List<StoredListener> all() {
        return store.all();
    }

    private static LedgerEntry entry(String name) {
        return new LedgerEntry(LedgerEntry.Kind.LISTENER, name);
    }
}
