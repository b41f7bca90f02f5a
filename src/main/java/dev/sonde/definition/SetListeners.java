package dev.sonde.definition;

import dev.sonde.listen.ListenerOwner;
import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ForeignListener;
import dev.sonde.listen.spec.ForeignListeners;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import dev.sonde.probe.keeping.HeldElsewhereException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// The listeners of sets at this replica. Called by the thread whose turn it is.
final class SetListeners {

    private final Listeners listeners;
    private final ForeignListeners foreign;

    SetListeners(Listeners listeners, ForeignListeners foreign) {
        this.listeners = listeners;
        this.foreign = foreign;
    }

    /// The steps that make the set's listeners here exactly these.
    ListenerPlan plan(String set, Collection<ListenerSpec> wanted) {
        Map<String, StoredListener> there = new TreeMap<>();
        listeners.definitions().forEach(each -> there.put(each.spec().name(), each));
        List<ListenerSpec> created = new ArrayList<>();
        List<ListenerPlan.Change> changed = new ArrayList<>();
        for (ListenerSpec spec : wanted) {
            StoredListener before = there.remove(spec.name());
            if (before == null) {
                if (!isElsewhere(set, spec.name())) {
                    created.add(spec);
                }
                continue;
            }
            ListenerOwner.require(before, set);
            if (!before.spec().equals(spec)) {
                changed.add(new ListenerPlan.Change(before, spec));
            }
        }
        List<StoredListener> deleted =
                there.values().stream().filter(each -> set.equals(each.source())).toList();
        int unchanged = wanted.size() - created.size() - changed.size();
        return new ListenerPlan(created, changed, deleted, unchanged);
    }

    /// Changes the listeners, then does the work that writes their rows. If it throws, database and
    /// listeners are as before. So is the database if this process ends first.
    ///
    /// @param work is given the way back and the writing of the rows, in its own transaction
    <T> T apply(String set, ListenerPlan plan, BiFunction<ListenerUndo, Runnable, T> work) {
        ListenerUndo undo = new ListenerUndo(listeners, set);
        return listeners.together(
                rows ->
                        undo.guard(
                                () -> {
                                    change(undo, plan);
                                    return work.apply(undo, rows);
                                }));
    }

    private static void change(ListenerUndo undo, ListenerPlan plan) {
        plan.deleted().forEach(undo::delete);
        plan.changed().forEach(each -> undo.replace(each.before(), each.after()));
        plan.created().forEach(spec -> undo.replace(null, spec));
    }

    /// Writes the rows of a part that another replica has, in the transaction of the caller.
    void write(String set, SetParts.Part part) {
        for (ListenerSpec spec : part.after().values()) {
            if (spec.isTransient()) {
                foreign.delete(spec.name(), part.replica());
            } else if (!spec.equals(part.before().get(spec.name()))) {
                foreign.save(spec, set, part.replica());
            }
        }
        part.before().keySet().stream()
                .filter(name -> !part.after().containsKey(name))
                .forEach(name -> foreign.delete(name, part.replica()));
    }

    /// Forgets the listeners of a set whose replicas are gone, so that this one can open them.
    ///
    /// @return whether there were any
    boolean forgetLost(String set) {
        boolean isAny = false;
        for (ForeignListener each : foreign.ofSet(set)) {
            isAny |= foreign.removeLost(each.name(), each.replica());
        }
        return isAny;
    }

    /// Whether another replica has the listener, which read the same files then.
    ///
    /// @throws HeldElsewhereException where the set does not come from files
    private boolean isElsewhere(String set, String listener) {
        Optional<String> holder = foreign.otherHolder(listener);
        if (holder.isPresent() && !set.equals(DefinitionFiles.SET)) {
            throw new HeldElsewhereException(holder.get());
        }
        return holder.isPresent();
    }
}
