package dev.sonde.listen.spec;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Changes of listeners that are not stored yet: the latest of each name. They are written
/// together. For one thread.
public final class WaitingRows implements ListenerStore {

    private final ListenerStore store;
    private final Map<String, Consumer<ListenerStore>> latest = new LinkedHashMap<>();

    /// @param store that takes them later
    public WaitingRows(ListenerStore store) {
        this.store = store;
    }

    @Override
    public void save(StoredListener listener) {
        latest.put(listener.spec().name(), to -> to.save(listener));
    }

    @Override
    public void delete(String name) {
        latest.put(name, to -> to.delete(name));
    }

    @Override
    public void deleteOfAll(String name) {
        latest.put(name, to -> to.deleteOfAll(name));
    }

    /// The listeners before these changes.
    @Override
    public List<StoredListener> all() {
        return store.all();
    }

    /// Writes all changes in one transaction: the caller's, where it has one.
    public void write() {
        store.inTransaction(() -> latest.values().forEach(change -> change.accept(store)));
    }
}
