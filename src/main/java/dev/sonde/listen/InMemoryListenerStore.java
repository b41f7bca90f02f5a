package dev.sonde.listen;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps listeners as long as the process lives.
final class InMemoryListenerStore implements ListenerStore {

    private final Map<String, StoredListener> byName = new ConcurrentHashMap<>();

    @Override
    public void save(StoredListener listener) {
        byName.put(listener.spec().name(), listener);
    }

    @Override
    public void delete(String name) {
        byName.remove(name);
    }

    @Override
    public List<StoredListener> all() {
        return List.copyOf(byName.values());
    }
}
