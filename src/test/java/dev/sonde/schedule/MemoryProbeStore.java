package dev.sonde.schedule;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.keeping.ForeignChanges;
import dev.sonde.probe.keeping.OutdatedDefinitionsException;
import dev.sonde.probe.keeping.ProbeStore;
import dev.sonde.probe.keeping.StoreMark;
import dev.sonde.probe.keeping.StoredProbe;
import dev.sonde.probe.spec.ProbeDefinition;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A store that forgets when the test ends, and fails when it is told to.
@SuppressWarnings("NullAway") // a null fails the test
final class MemoryProbeStore implements ProbeStore {

    final Map<String, StoredProbe> probes = new LinkedHashMap<>();
    final Deque<ForeignChanges> foreign = new ArrayDeque<>();
    final Map<String, ProbeHealth> states = new LinkedHashMap<>();

    /// Marks after which states were read.
    final List<StoreMark> marks = new ArrayList<>();

    /// States that were written.
    long written;

    boolean failing;
    private long changes;

    /// Definitions that were read one by one.
    int found;

    /// What another replica does right before the next change here.
    ForeignChanges outdatedBy;

    @Override
    public void change(
            List<ProbeDefinition> created,
            List<ProbeDefinition> replaced,
            List<String> deleted,
            Runnable more) {
        if (failing) {
            throw new IllegalStateException("the disk is full");
        }
        if (outdatedBy != null) {
            foreign.add(outdatedBy);
            outdatedBy = null;
            throw new OutdatedDefinitionsException();
        }
        deleted.forEach(probes::remove);
        created.forEach(this::put);
        replaced.forEach(this::put);
        more.run();
        changes++;
    }

    @Override
    public OptionalLong version() {
        return OptionalLong.of(changes);
    }

    private void put(ProbeDefinition definition) {
        probes.put(
                definition.name(),
                new StoredProbe(definition, ProbeHealth.pending(definition.createdAt())));
    }

    @Override
    public void delete(String name) {
        if (failing) {
            throw new IllegalStateException("the disk is full");
        }
        probes.remove(name);
    }

    @Override
    public void forEach(Consumer<StoredProbe> consumer) {
        probes.values().forEach(consumer);
    }

    @Override
    public Optional<StoredProbe> find(String name) {
        found++;
        return Optional.ofNullable(probes.get(name));
    }

    @Override
    public ForeignChanges foreignChanges() {
        return foreign.isEmpty() ? ForeignChanges.NONE : foreign.remove();
    }

    static StoreMark mark(long written) {
        return new StoreMark(written, "");
    }

    /// Another replica enters a state.
    void write(String probe, ProbeHealth health) {
        written++;
        states.put(probe, health);
    }

    @Override
    public StoreMark statesSince(
            Instant since, @Nullable StoreMark after, BiConsumer<String, ProbeHealth> consumer) {
        marks.add(after);
        if (failing) {
            throw new IllegalStateException("the database is away");
        }
        if (after == null || after.transaction() < written) {
            states.forEach(consumer);
        }
        return mark(written);
    }
}
