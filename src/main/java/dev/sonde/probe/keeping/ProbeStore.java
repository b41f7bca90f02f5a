package dev.sonde.probe.keeping;

import dev.sonde.probe.finding.ProbeHealth;
import dev.sonde.probe.spec.ProbeDefinition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The store of definitions. Safe for any thread; every method may block.
///
/// The interface is declared here, not in the calling package, so its implementation depends only
/// on this package. A change survives the death of the process once its method has returned.
public interface ProbeStore {

    /// Adds and replaces definitions. None is changed if this throws.
    ///
    /// @throws OutdatedDefinitionsException where another replica has changed something that was
    ///     not read here yet
    default void save(List<ProbeDefinition> created, List<ProbeDefinition> replaced) {
        change(created, replaced, List.of());
    }

    /// Adds, replaces and removes definitions. Nothing is changed if this throws.
    ///
    /// @param deleted names
    /// @throws OutdatedDefinitionsException as for [#save]
    default void change(
            List<ProbeDefinition> created, List<ProbeDefinition> replaced, List<String> deleted) {
        change(created, replaced, deleted, () -> {});
    }

    /// The same, with rows of another table in the same transaction.
    ///
    /// @param more writes those rows by the calling thread, perhaps once more after a change of
    ///     another replica. Nothing is changed if it throws
    void change(
            List<ProbeDefinition> created,
            List<ProbeDefinition> replaced,
            List<String> deleted,
            Runnable more);

    /// Removes a definition; its results and transitions can no longer be seen.
    ///
    /// @throws OutdatedDefinitionsException as for [#save]
    void delete(String name);

    /// The number of the newest change that is known here; empty where nobody else changes
    /// definitions.
    default OptionalLong version() {
        return OptionalLong.empty();
    }

    /// Hands over every definition, in no particular order.
    void forEach(Consumer<StoredProbe> consumer);

    /// One probe as it is stored now.
    Optional<StoredProbe> find(String name);

    /// The next of what other replicas have changed since all was read, or since this was called
    /// last. Not to be called by two threads at once, nor beside [#save] or [#delete].
    default ForeignChanges foreignChanges() {
        return ForeignChanges.NONE;
    }

    /// Hands over the probes, by name, whose state was entered at this time or later.
    ///
    /// @param after only states written after this mark; null for all
    /// @return the mark of what is written now; null where nobody else writes states
    default @Nullable StoreMark statesSince(
            Instant since, @Nullable StoreMark after, BiConsumer<String, ProbeHealth> consumer) {
        return null;
    }
}
