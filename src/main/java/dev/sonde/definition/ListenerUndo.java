package dev.sonde.definition;

import dev.sonde.listen.Listeners;
import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.listen.spec.StoredListener;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes of a set's listeners, each with its way back. Their rows are written later, together.
/// For one thread.
final class ListenerUndo {

    private static final Logger log = LoggerFactory.getLogger(ListenerUndo.class);

    private final Listeners listeners;
    private final String set;
    private final Deque<Runnable> back = new ArrayDeque<>();

    ListenerUndo(Listeners listeners, String set) {
        this.listeners = listeners;
        this.set = set;
    }

    void delete(StoredListener there) {
        StoredListener before = withAddress(there);
        if (listeners.deleteOwned(there.spec().name(), set)) {
            back.push(() -> listeners.restore(before));
        }
    }

    private StoredListener withAddress(StoredListener there) {
        return listeners
                .get(there.spec().name())
                .map(status -> there.withAddress(status.address()))
                .orElse(there);
    }

    /// @throws ListenerException with the listener's name in its sentence
    void replace(@Nullable StoredListener there, ListenerSpec after) {
        StoredListener before = there == null ? null : withAddress(there);
        try {
            listeners.replaceOwned(after, set);
        } catch (ListenerException e) {
            throw new ListenerException(
                    e.problem(), e.address(), "listeners." + after.name() + ": " + e.detail());
        }
        back.push(
                before == null
                        ? () -> listeners.deleteOwned(after.name(), set)
                        : () -> listeners.restore(before));
    }

    /// Has another replica change its part.
    void replace(SetParts parts, SetParts.Part part) {
        var _ = parts.put(set, part, false);
        back.push(() -> parts.put(set, part.reversed(), false));
    }

    /// Undoes all changes if the work that makes them fails.
    <T> T guard(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            all();
            throw e;
        }
    }

    /// The latest first.
    private void all() {
        while (!back.isEmpty()) {
            try {
                back.pop().run();
            } catch (RuntimeException e) {
                log.atWarn()
                        .addKeyValue("set", set)
                        .addKeyValue("cause", e.getMessage())
                        .log("a listener of the set could not be put back");
            }
        }
    }
}
