package dev.sonde.store.embedded;

import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Definitions in the embedded database, with their names in the ledger beside it. For one thread
/// at a time.
public final class LedgeredProbeStore implements ProbeStore {

    private final ProbeStore store;
    private final DefinitionLedger ledger;

    public LedgeredProbeStore(ProbeStore store, DefinitionLedger ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    /// @throws dev.sonde.probe.keeping.ChangeRefusedException where the file takes nothing now
    @Override
    public void change(
            List<ProbeDefinition> created,
            List<ProbeDefinition> replaced,
            List<String> deleted,
            Runnable more) {
        LedgeredChange.remove(
                ledger,
                deleted.stream().map(name -> entry(name, 0)).toList(),
                () -> store.change(created, replaced, deleted, more));
        ledger.added(
                Stream.concat(created.stream(), replaced.stream())
                        .map(it -> entry(it.name(), it.version()))
                        .toList());
    }

    /// @throws dev.sonde.probe.keeping.ChangeRefusedException as for [#save]
    @Override
    public void delete(String name) {
        LedgeredChange.remove(ledger, List.of(entry(name, 0)), () -> store.delete(name));
    }

    @Override
    public void forEach(Consumer<StoredProbe> consumer) {
        store.forEach(consumer);
    }

    @Override
    public Optional<StoredProbe> find(String name) {
        return store.find(name);
    }

    private static LedgerEntry entry(String name, long version) {
        return new LedgerEntry(LedgerEntry.Kind.PROBE, name, version);
    }
}
