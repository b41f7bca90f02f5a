package dev.sonde.listen.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The listeners of several replicas, as the database has them. Safe for any thread; may block.
public interface ForeignListeners {

    /// Those of a single process.
    ForeignListeners NONE = new NoForeignListeners();

    /// The name of the other replica that has a listener of this name. Empty if none or this one
    /// has it.
    Optional<String> otherHolder(String listener);

    /// The listeners that every replica opens, by name, with a checksum of each.
    Map<String, Long> ofAll();

    /// The listener of this name that this replica is to have.
    Optional<StoredListener> findHere(String listener);

    /// The listener of this name that another replica has. Empty also where nothing of its row can
    /// be read.
    Optional<StoredListener> find(String listener);

    /// The listeners of a set that other replicas have, in the order of names.
    List<ForeignListener> ofSet(String set);

    /// The listeners of all sets that other replicas have, in the order of names.
    List<ForeignListener> ofSets();

    /// Stores a listener of another replica, in the transaction of the caller. The holder adds
    /// the address.
    ///
    /// @throws dev.sonde.probe.keeping.HeldElsewhereException where a third replica has the name
    void save(ListenerSpec spec, String set, String replica);

    /// Removes the row of a listener of another replica, in the transaction of the caller.
    void delete(String listener, String replica);

    /// Whether a replica has written no sign of life for a minute.
    boolean isLost(String replica);

    /// Removes the row of a listener whose replica has not written a sign of life for a minute.
    ///
    /// @return false where the replica has written one, or the row is gone
    boolean removeLost(String listener, String replica);
}
