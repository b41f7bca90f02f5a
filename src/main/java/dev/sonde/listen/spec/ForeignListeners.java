package dev.sonde.listen.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The listeners of the other replicas, as the database has them. Safe for any thread; may block.
public interface ForeignListeners {

    /// Those of a single process.
    ForeignListeners NONE = new NoForeignListeners();

    /// The name of the other replica that has a listener of this name. Empty if none or this one
    /// has it.
    Optional<String> otherHolder(String listener);

    /// The listeners that every replica opens, by name, with a checksum of each.
    Map<String, Long> ofAll();

    /// The listener of this name that every replica opens.
    Optional<StoredListener> findOfAll(String listener);

    /// The listener of this name that another replica has. Empty also where nothing of its row can
    /// be read.
    Optional<StoredListener> find(String listener);

    /// The listeners of a set that other replicas have, in the order of names.
    List<ForeignListener> ofSet(String set);

    /// The listeners of all sets that other replicas have, in the order of names.
    List<ForeignListener> ofSets();

    /// Removes the row of a listener whose replica has not written a sign of life for a minute.
    ///
    /// @return false where the replica has written one, or the row is gone
    boolean removeLost(String listener, String replica);
}
