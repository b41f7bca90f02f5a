package dev.sonde.listen;

import dev.sonde.listen.spec.ListenerStore;
import dev.sonde.listen.spec.StoredListener;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A store that forgets when the test ends, and fails when it is told to.
final class MemoryListenerStore implements ListenerStore {

    private final Map<String, StoredListener> byName = new ConcurrentHashMap<>();
    boolean failing;

    @Override
    public void save(StoredListener listener) {
        requireDisk();
        byName.put(listener.spec().name(), listener);
    }

    @Override
    public void delete(String name) {
        requireDisk();
        byName.remove(name);
    }

    @Override
    public List<StoredListener> all() {
        return List.copyOf(byName.values());
    }

    private void requireDisk() {
        if (failing) {
            throw new IllegalStateException("the disk is full");
        }
    }
}
