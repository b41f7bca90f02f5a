package dev.sonde.definition;

import dev.sonde.listen.spec.ListenerSpec;
import dev.sonde.probe.keeping.HeldElsewhereException;
import java.util.List;
import java.util.Map;

/// Changes of a set's listeners by the other replicas that hold them. Safe for any thread; blocks.
public interface SetParts {

    /// Has the holder change its listeners of the set. The caller writes their rows, then
    /// calls [#written]. Without that they become again, after a minute, what the database has.
    ///
    /// @param isDryRun whether the difference is only reported
    /// @throws HeldElsewhereException where the request is not to be forwarded
    /// @throws dev.sonde.problem.ProblemException where the holder refuses or does not answer
    SetResult put(String set, Part part, boolean isDryRun);

    /// The difference that changes of these parts would make.
    default SetResult plan(String set, List<Part> changed) {
        SetResult all = SetResult.NONE;
        for (Part part : changed) {
            all =
                    all.plus(
                            part.isSame()
                                    ? new SetResult(
                                            List.of(), List.of(), List.of(), part.after().size())
                                    : put(set, part, true));
        }
        return all;
    }

    /// Reports to the holder that the rows of its part are written. A holder that is not reached
    /// looks for itself.
    void written(String set, Part part);

    /// The listeners of a set at one replica.
    ///
    /// @param before as they are, by name
    /// @param after as they are to be, by name
    record Part(String replica, Map<String, ListenerSpec> before, Map<String, ListenerSpec> after) {

        boolean isSame() {
            return before.equals(after);
        }

        Part reversed() {
            return new Part(replica, after, before);
        }
    }
}
