package dev.sonde.definition;

import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ForeignListener;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.spec.ProbeDefinition;
import dev.sonde.probe.spec.ProbeSpec;
import dev.sonde.problem.ProblemException;
import dev.sonde.problem.ProblemType;
import dev.sonde.schedule.ProbeChange;
import dev.sonde.schedule.ProbeSnapshot;
import dev.sonde.schedule.Schedules;
import dev.sonde.schedule.SetChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
            PartedSet wanted = parted(set, document.listeners().values());
            ListenerPlan plan = here.plan(set, wanted.here());
            // A part that cannot be changed is refused before anything is.
            SetResult elsewhere = planElsewhere(set, wanted.elsewhere());
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
            return result(probes, plan).plus(elsewhere);
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
            return result(new SetChange(List.of(), 0), plan);
        } finally {
            turn.unlock();
        }
    }

    /// Every replica reads the files, and touches only its own listeners.
    private PartedSet parted(String set, Collection<ListenerSpec> wanted) {
        return set.equals(DefinitionFiles.SET)
                ? new PartedSet(List.copyOf(wanted), List.of())
                : PartedSet.of(
                        set,
                        wanted,
                        listeners.definitions().stream()
                                .map(each -> each.spec().name())
                                .collect(Collectors.toSet()),
                        foreign);
    }

    private SetResult planElsewhere(String set, List<SetParts.Part> elsewhere) {
        SetResult all = SetResult.NONE;
        for (SetParts.Part part : elsewhere) {
            all =
                    all.plus(
                            part.isSame()
                                    ? new SetResult(
                                            List.of(), List.of(), List.of(), part.after().size())
                                    : parts.put(set, part, true));
        }
        return all;
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
                        .ifPresent(there -> reject(made, there));
            }
            var _ = schedules.putSet(set, made.probes(), () -> {});
        } finally {
            turn.unlock();
        }
    }

    private static void reject(SourceProbes made, ProbeDefinition there) {
        ProbeSpec spec = made.probes().remove(there.name());
        String owner = there.source() == null ? "the API" : "the set " + there.source();
        made.rejected()
                .add(
                        spec == null ? there.name() : spec.target().toString(),
                        "the name %s belongs to %s".formatted(there.name(), owner));
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

    private SetResult result(SetChange probes, ListenerPlan plan) {
        List<String> created = new ArrayList<>();
        List<SetResult.Changed> changed = new ArrayList<>();
        List<String> deleted = new ArrayList<>();
        for (ProbeChange change : probes.changes()) {
            ProbeDefinition before = change.before();
            ProbeDefinition after = change.after();
            if (before != null && after != null) {
                changed.add(
                        new SetResult.Changed(
                                after.name(), fields.of(before.spec(), after.spec())));
            } else if (after != null) {
                created.add(after.name());
            } else if (before != null) {
                deleted.add(before.name());
            }
        }
        plan.created().forEach(spec -> created.add(spec.name()));
        plan.changed()
                .forEach(
                        each ->
                                changed.add(
                                        new SetResult.Changed(
                                                each.after().name(),
                                                fields.of(each.before().spec(), each.after()))));
        plan.deleted().forEach(each -> deleted.add(each.spec().name()));
        return new SetResult(created, changed, deleted, probes.unchanged() + plan.unchanged());
    }

    /// The probes that a set owns, in the order of names.
    public List<ProbeDefinition> probes(String set) {
        return schedules.definitionsOf(set).toList();
    }

    /// The listeners that a set owns at all replicas, in the order of names.
    public List<StoredListener> listeners(String set) {
        return Stream.concat(
                        listeners.definitions().stream().filter(each -> set.equals(each.source())),
                        foreign.ofSet(set).stream().map(ForeignListener::definition))
                .sorted(Comparator.comparing(each -> each.spec().name()))
                .toList();
    }

    /// All sets, in the order of names.
    public List<SetSummary> list() {
        Map<String, SetSummary> sets = new TreeMap<>();
        schedules.sets().forEach(set -> count(sets, set, 1, 0));
        listeners.definitions().forEach(each -> count(sets, each.source(), 0, 1));
        foreign.ofSets().forEach(each -> count(sets, each.definition().source(), 0, 1));
        return List.copyOf(sets.values());
    }

    private static void count(
            Map<String, SetSummary> sets, @Nullable String set, int probes, int listeners) {
        if (set != null) {
            sets.merge(
                    set,
                    new SetSummary(set, probes, listeners),
                    (known, _) -> known.plus(probes, listeners));
        }
    }
}
