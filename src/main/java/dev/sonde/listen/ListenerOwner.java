package dev.sonde.listen;

import dev.sonde.listen.spec.ListenerException;
import dev.sonde.listen.spec.ListenerProblem;
import dev.sonde.listen.spec.StoredListener;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rule that a listener changes only through its owner: a set of definitions, or nobody.
public final class ListenerOwner {

    private ListenerOwner() {}

    /// Refuses a change by anybody but the owner.
    ///
    /// @param set that wants the change; null for a single request
    /// @throws ListenerException when somebody else owns the listener
    public static void require(StoredListener there, @Nullable String set) {
        String owner = there.source();
        if (Objects.equals(owner, set)) {
            return;
        }
        String name = there.spec().name();
        throw owner == null
                ? new ListenerException(
                        ListenerProblem.NAME_EXISTS,
                        "listener %s belongs to no set; delete it before a set names it"
                                .formatted(name))
                : new ListenerException(
                        ListenerProblem.OWNED_BY_SET,
                        "the set %s owns listener %s; change it in the set's document"
                                .formatted(owner, name));
    }
}
