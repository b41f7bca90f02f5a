package dev.sonde.api.replica;

import dev.sonde.definition.DefinitionSets;
import dev.sonde.definition.SetResult;
import dev.sonde.listen.spec.ListenerSpec;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The part of each set that this replica holds: listeners whose rows another replica writes. Once
/// it has written them, or after a minute, they become what the database has. Safe for any thread
/// but an event loop's.
@Component
public final class OwnPart {

    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final DefinitionSets sets;
    private final Predicate<String> follow;
    private final LongSupplier nanoTime;

    /// By the name of the set. Guarded by this object's lock.
    private final Map<String, Wait> waits = new HashMap<>();

    /// A wait for rows.
    ///
    /// @param listeners their names
    /// @param deadline in nanoseconds of the clock
    private record Wait(Set<String> listeners, long deadline) {}

    @Autowired
    OwnPart(DefinitionSets sets, EveryReplica replicas) {
        this(sets, replicas::follow, System::nanoTime);
    }

    /// @param follow brings the listener of a name to what the database has; false where the
    ///     database cannot be read
    OwnPart(DefinitionSets sets, Predicate<String> follow, LongSupplier nanoTime) {
        this.sets = sets;
        this.follow = follow;
        this.nanoTime = nanoTime;
    }

    /// Changes the listeners here, as [DefinitionSets#putPart] does, and awaits their rows.
    ///
    /// @throws InterruptedException when the caller is to stop
    public SetResult put(String set, Collection<ListenerSpec> wanted, boolean isDryRun)
            throws InterruptedException {
        SetResult done = sets.putPart(set, wanted, isDryRun);
        if (!isDryRun) {
            await(set, done);
        }
        return done;
    }

    private synchronized void await(String set, SetResult changed) {
        Set<String> listeners = new HashSet<>(changed.created());
        changed.changed().forEach(each -> listeners.add(each.name()));
        listeners.addAll(changed.deleted());
        Wait before = waits.get(set);
        if (before != null) {
            listeners.addAll(before.listeners());
        }
        waits.put(set, new Wait(listeners, nanoTime.getAsLong() + LONGEST.toNanos()));
    }

    /// Follows the database, which has the rows of the set. A replica that has started since its
    /// part awaits none of them.
    ///
    /// @param wanted the names that the set has here now
    public void written(String set, Collection<String> wanted) {
        Set<String> listeners = new TreeSet<>(wanted);
        listeners.addAll(awaited(set));
        sets.catalog().listeners(set).forEach(each -> listeners.add(each.spec().name()));
        follow(set, listeners);
    }

    private void follow(String set, Collection<String> listeners) {
        listeners.stream().filter(follow).forEach(listener -> end(set, listener));
    }

    /// Follows the database when a wait has taken its time. The replica that was to write may have
    /// ended.
    void endOverdue() {
        overdue().forEach(set -> follow(set, awaited(set)));
    }

    private synchronized List<String> overdue() {
        long now = nanoTime.getAsLong();
        return waits.entrySet().stream()
                .filter(each -> now - each.getValue().deadline() >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private synchronized List<String> awaited(String set) {
        Wait wait = waits.get(set);
        return wait == null ? List.of() : List.copyOf(wait.listeners());
    }

    private synchronized void end(String set, String listener) {
        Wait wait = waits.get(set);
        if (wait != null && wait.listeners().remove(listener) && wait.listeners().isEmpty()) {
            waits.remove(set);
        }
    }
}
