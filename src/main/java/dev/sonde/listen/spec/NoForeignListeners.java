package dev.sonde.listen.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// No listeners: a single process has no other replicas.
final class NoForeignListeners implements ForeignListeners {

    @Override
    public Optional<String> otherHolder(String listener) {
        return Optional.empty();
    }

    @Override
    public Map<String, Long> ofAll() {
        return Map.of();
    }

    @Override
    public Optional<StoredListener> findHere(String listener) {
        return Optional.empty();
    }

    @Override
    public Optional<StoredListener> find(String listener) {
        return Optional.empty();
    }

    @Override
    public List<ForeignListener> ofSet(String set) {
        return List.of();
    }

    @Override
    public List<ForeignListener> ofSets() {
        return List.of();
    }

    @Override
    public void save(ListenerSpec spec, String set, String replica) {
        throw new IllegalStateException("there is no replica " + replica);
    }

    @Override
    public void delete(String listener, String replica) {
        throw new IllegalStateException("there is no replica " + replica);
    }

    @Override
    public boolean isLost(String replica) {
        return false;
    }

    @Override
    public boolean removeLost(String listener, String replica) {
        return false;
    }
}
