package dev.sonde.schedule.foreign;

import dev.sonde.memory.HeapShare;
import dev.sonde.memory.Weigher;
import dev.sonde.probe.keeping.DefinitionBytes;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.schedule.plan.DefinitionKeeper;
import dev.sonde.schedule.plan.ForeignProbe;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The definitions of probes that other replicas run, in a file. Safe for any thread. The caller
/// makes the changes of one probe one after the other.
///
/// A definition that cannot be read from the file is read from the store. One that cannot be
/// written stays in memory: the caller keeps it.
public final class ForeignDefinitions implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ForeignDefinitions.class);

    /// A foreign probe with its place in the book. Its name is excluded.
    private static final long PROBE_BYTES = 96;

    private final DefinitionFile file;
    private final DefinitionBytes form;
    private final ProbeStore store;
    private final HeapShare memory;
    private final SharedKeepers keepers = new SharedKeepers(this::read);
    private final DiskCondition disk = new DiskCondition();

    public ForeignDefinitions(
            DefinitionFile file, DefinitionBytes form, ProbeStore store, HeapShare memory) {
        this.file = file;
        this.form = form;
        this.store = store;
        this.memory = memory;
    }

    /// The definition of a probe that is foreign no more, for those who read it meanwhile.
    private record Farewell(ProbeDefinition definition) implements DefinitionKeeper {

        @Override
        public ProbeDefinition definition(ForeignProbe probe) {
            return definition;
        }

        @Override
        public @Nullable String set() {
            return definition.source();
        }
    }

    /// The condition of the disk under the file.
    public DiskCondition disk() {
        return disk;
    }

    /// Puts a definition into the file.
    ///
    /// @return absent where it could not be written
    public @Nullable ForeignProbe keep(StoredProbe stored, int partition) {
        ProbeDefinition definition = stored.definition();
        try {
            long slot = write(definition);
            memory.take(PROBE_BYTES + Weigher.of(definition.name()));
            return new ForeignProbe(
                    definition.name(),
                    partition,
                    keepers.of(definition.source()),
                    slot,
                    stored.healthAtStart());
        } catch (IOException e) {
            disk.full(e);
            return null;
        }
    }

    /// Puts a changed definition into the file.
    ///
    /// @return whether it could be written
    public boolean define(ForeignProbe probe, ProbeDefinition after) {
        long before = probe.slot();
        try {
            probe.move(keepers.of(after.source()), write(after));
            probe.define(after);
            free(before);
            return true;
        } catch (IOException e) {
            disk.full(e);
            return false;
        }
    }

    private long write(ProbeDefinition definition) throws IOException {
        long slot = file.write(definition.name(), form.write(definition));
        disk.written();
        return slot;
    }

    /// The slot of a damaged body is lost.
    private void free(long slot) {
        try {
            file.free(slot);
        } catch (IOException e) {
            log.atDebug().setCause(e).log("a slot of the file of definitions is lost");
        }
    }

    /// The definition in the file; absent where it is damaged.
    public @Nullable ProbeDefinition inFile(ForeignProbe probe) {
        while (true) {
            DefinitionKeeper keeper = probe.keeper();
            long slot = probe.slot();
            if (keeper instanceof Farewell farewell) {
                return farewell.definition();
            }
            try {
                return form.read(probe.name(), file.read(probe.name(), slot));
            } catch (IOException e) {
                // The definition may have moved meanwhile.
                if (probe.slot() == slot && probe.keeper().equals(keeper)) {
                    disk.damaged(e);
                    return null;
                }
            }
        }
    }

    private ProbeDefinition read(ForeignProbe probe) {
        ProbeDefinition found = inFile(probe);
        return found == null
                ? store.find(probe.name())
                        .orElseThrow(() -> new IllegalStateException("gone: " + probe.name()))
                        .definition()
                : found;
    }

    /// A probe is deleted, or this process keeps it whole from now on.
    ///
    /// @param latest absent where it cannot be read
    public void release(ForeignProbe probe, @Nullable ProbeDefinition latest) {
        memory.giveBack(PROBE_BYTES + Weigher.of(probe.name()));
        if (latest != null) {
            long slot = probe.slot();
            probe.move(new Farewell(latest), slot);
            free(slot);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("the file of definitions was closed already");
        }
    }
}
