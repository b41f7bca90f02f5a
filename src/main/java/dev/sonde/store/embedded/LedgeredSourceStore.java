package dev.sonde.store.embedded;

import dev.sonde.definition.keeping.SourceStore;
import dev.sonde.definition.keeping.StoredSources;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sources of sets in the embedded database, with the names of the sets in the ledger beside it.
/// For one thread at a time.
public final class LedgeredSourceStore implements SourceStore {

    private final SourceStore store;
    private final DefinitionLedger ledger;

    public LedgeredSourceStore(SourceStore store, DefinitionLedger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    @Override
    public List<StoredSources> all() {
        return store.all();
    }

    @Override
    public void put(String set, @Nullable String json) {
        List<LedgerEntry> entry = List.of(new LedgerEntry(LedgerEntry.Kind.SOURCE, set));
        if (json == null) {
            LedgeredChange.remove(ledger, entry, () -> store.put(set, null));
        } else {
            store.put(set, json);
            LedgeredChange.add(ledger, entry);
        }
    }
}
