package dev.sonde.definition;

import dev.sonde.definition.catalog.SetCatalog;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.schedule.ProbeSnapshot;
import dev.sonde.schedule.Schedules;
import dev.sonde.schedule.SetChange;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// All sets of definitions. A set exists as long as it owns something. Safe for any thread but an
/// event loop's; one change after the other.
public final class DefinitionSets {

    /// Longest wait of a part for its turn.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Schedules schedules;
    private final Listeners listeners;
    private final ForeignListeners foreign;
    private final SetListeners here;
    private final SetParts parts;
    private final ChangedFields fields;
    private final SetCatalog catalog;

    /// Held while a set changes: its listeners and its probes change together.
    private final ReentrantLock turn = new ReentrantLock();

    DefinitionSets(
            Schedules schedules,
            Listeners listeners,
            ForeignListeners foreign,
            SetParts parts,
            ChangedFields fields) {
        this.schedules = schedules;
        this.listeners = listeners;
        this.foreign = foreign;
        this.here = new SetListeners(listeners, foreign);
        this.parts = parts;
        this.fields = fields;
        this.catalog = new SetCatalog(schedules, listeners, foreign);
    }

    /// The present sets.
    public SetCatalog catalog() {
        return catalog;
    }

    /// Makes a set own exactly the definitions of its document. Nothing changes if this throws.
    ///
    /// @param isDryRun whether the difference is only reported
    /// @param more writes rows of the set itself, in the transaction of its probes; null for none
    /// @throws ListenerException when a listener cannot be opened or its name is taken
    /// @throws dev.sonde.schedule.OwnedBySetException where the name of a probe is taken
    SetResult put(
            String set, DefinitionDocument document, boolean isDryRun, @Nullable Runnable more) {
        turn.lock();
        try {
            SetChange probes = schedules.compareSet(set, document.probes());
            PartedSet wanted = PartedSet.of(set, document.listeners().values(), listeners, foreign);
            ListenerPlan plan = here.plan(set, wanted.here());
            // A part that cannot be changed is refused before anything is.
            SetResult elsewhere = parts.plan(set, wanted.elsewhere());
            List<SetParts.Part> others =
                    wanted.elsewhere().stream().filter(each -> !each.isSame()).toList();
            boolean isSame =
                    probes.changes().isEmpty()
                            && plan.isEmpty()
                            && others.isEmpty()
                            && more == null;
            if (!isDryRun && !isSame) {
                probes = apply(set, plan, others, document, more);
            }
            return SetResult.of(probes, plan, fields).plus(elsewhere);
        } finally {
            turn.unlock();
        }
    }

    /// Makes the listeners of a set that this replica holds exactly these. Another replica changes
    /// the whole set and writes their rows. Two that change a set at once would wait for
    /// each other, so the wait ends.
    ///
    /// @throws InterruptedException when the caller is to stop
    public SetResult putPart(String set, Collection<ListenerSpec> wanted, boolean isDryRun)
            throws InterruptedException {
        if (!turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ProblemException(
                    ProblemType.OVERLOADED, "another change of sets goes on; repeat the request");
        }
        try {
            ListenerPlan plan = here.plan(set, wanted);
            if (!isDryRun) {
                var _ = here.apply(set, plan, (_, _) -> plan);
            }
            return SetResult.of(new SetChange(List.of(), 0), plan, fields);
        } finally {
            turn.unlock();
        }
    }

    /// Makes the set of a source own its probes. A probe whose name has another owner is left out
    /// and reported.
    ///
    /// @param isOpen whether the source has not ended meanwhile; nothing changes where it has
    void putSource(String set, SourceProbes made, BooleanSupplier isOpen) {
        turn.lock();
        try {
            if (!isOpen.getAsBoolean()) {
                return;
            }
            for (String name : List.copyOf(made.probes().keySet())) {
                schedules
                        .find(name)
                        .map(ProbeSnapshot::definition)
                        .filter(there -> !set.equals(there.source()))
                        .ifPresent(made::leaveOut);
            }
            var _ = schedules.putSet(set, made.probes(), () -> {});
        } finally {
            turn.unlock();
        }
    }

    private SetChange apply(
            String set,
            ListenerPlan plan,
            List<SetParts.Part> elsewhere,
            DefinitionDocument document,
            @Nullable Runnable more) {
        Runnable own = more == null ? () -> {} : more;
        if (plan.isEmpty() && elsewhere.isEmpty()) {
            return schedules.putSet(set, document.probes(), own);
        }
        SetChange done =
                here.apply(
                        set,
                        plan,
                        (undo, rows) -> {
                            elsewhere.forEach(part -> undo.replace(parts, part));
                            return schedules.putSet(
                                    set,
                                    document.probes(),
                                    () -> {
                                        rows.run();
                                        elsewhere.forEach(part -> here.write(set, part));
                                        own.run();
                                    });
                        });
        elsewhere.forEach(part -> parts.written(set, part));
        return done;
    }

    /// Forgets the listeners of a set whose replicas are gone, so that this one can open them.
    ///
    /// @return whether there were any
    boolean forgetLost(String set) {
        return here.forgetLost(set);
    }
}
