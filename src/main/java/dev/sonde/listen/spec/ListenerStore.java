package dev.sonde.listen.spec;

import java.net.InetSocketAddress;
import java.util.List;

/// The store in which listeners outlive a restart. Calls come one at a time, never from an event
/// loop; they may block.
public interface ListenerStore {

    /// Keeps a listener in place of the one of the same name.
    void save(StoredListener listener);

    /// Keeps the latest address of a listener. Does nothing where its row has changed since it was
    /// read, or is gone.
    default void saveAddress(StoredListener listener, InetSocketAddress address) {
        save(listener.withAddress(address));
    }

    /// Forgets a listener; does nothing where there is none of the name.
    void delete(String name);

    /// Forgets a listener that every replica opens.
    default void deleteOfAll(String name) {
        delete(name);
    }

    List<StoredListener> all();

    /// Makes changes in one transaction: the caller's, where it has one. Nothing is changed if
    /// this throws.
    default void inTransaction(Runnable changes) {
        changes.run();
    }
}
