package dev.sonde.maintenance;

import dev.sonde.probe.keeping.MaintenanceCalendar;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/// All maintenances, with a cache of the current ones. Safe for any thread.
public final class MaintenanceBook implements MaintenanceCalendar {

    /// The most maintenances. Beyond it, the one that ended first is removed.
    public static final int MOST = 1_000;

    private final MaintenanceStore store;
    private final ReentrantLock lock = new ReentrantLock();

    /// Replaced under the lock, read by anybody; newest first.
    private volatile List<Maintenance> all = List.of();

    /// The maintenances that go on in a stretch of time in which none begins or ends. Replaced by
    /// any thread, read by any.
    private volatile PresentMaintenances present = PresentMaintenances.of(List.of(), Instant.EPOCH);

    private final List<Runnable> observers = new CopyOnWriteArrayList<>();

    public MaintenanceBook(MaintenanceStore store) {
        this.store = store;
    }

    /// Calls the observer after each change, on the thread that made it; it must neither block nor
    /// throw.
    void onChange(Runnable observer) {
        observers.add(observer);
    }

    /// Reads what the store has, as when another replica may have changed it.
    void read() {
        lock.lock();
        try {
            show(store.all());
        } finally {
            lock.unlock();
        }
    }

    private void show(List<Maintenance> next) {
        List<Maintenance> sorted =
                next.stream()
                        .sorted(
                                Comparator.comparing(Maintenance::createdAt)
                                        .thenComparing(Maintenance::id)
                                        .reversed())
                        .toList();
        boolean isOther = !sorted.equals(all);
        all = sorted;
        if (isOther) {
            observers.forEach(Runnable::run);
        }
    }

    /// Adds a maintenance.
    ///
    /// @throws MaintenancesFullException where there are too many that have not ended
    public void add(Maintenance maintenance, Instant now) {
        lock.lock();
        try {
            List<Maintenance> next = new ArrayList<>(all);
            if (next.size() >= MOST) {
                store.remove(List.of(forgettable(now).id()));
            }
            store.add(maintenance);
            show(store.all());
        } finally {
            lock.unlock();
        }
    }

    private Maintenance forgettable(Instant now) {
        return all.reversed().stream()
                .filter(each -> each.timing().next(now) == null)
                .findFirst()
                .orElseThrow(MaintenancesFullException::new);
    }

    /// Removes a maintenance; a window that goes on ends.
    ///
    /// @return whether it existed
    public boolean remove(UUID id) {
        lock.lock();
        try {
            boolean isKnown = find(id).isPresent();
            store.remove(List.of(id));
            show(all.stream().filter(each -> !each.id().equals(id)).toList());
            return isKnown;
        } finally {
            lock.unlock();
        }
    }

    /// All maintenances, newest first.
    public List<Maintenance> all() {
        return all;
    }

    public Optional<Maintenance> find(UUID id) {
        return all.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    @Override
    public boolean isUnder(String probe, Map<String, String> labels, Instant at) {
        return !all.isEmpty() && presentAt(at).find(probe, labels) != null;
    }

    @Override
    public boolean isEmpty(Instant at) {
        return going(at).isEmpty();
    }

    /// The maintenance that a probe is under, the one that ends last if several; empty where there
    /// is none.
    public Optional<UnderMaintenance> find(String probe, Map<String, String> labels, Instant at) {
        return all.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(presentAt(at).find(probe, labels));
    }

    /// The maintenances that go on at an instant, the one that ends last first.
    List<UnderMaintenance> going(Instant at) {
        return all.isEmpty() ? List.of() : presentAt(at).going();
    }

    /// When the next window begins or ends after an instant; [Instant#MAX] where none does.
    Instant nextChange(Instant at) {
        return all.isEmpty() ? Instant.MAX : presentAt(at).to();
    }

    @SuppressWarnings("ReferenceEquality") // the same list or another one
    private PresentMaintenances presentAt(Instant at) {
        List<Maintenance> now = all;
        PresentMaintenances known = present;
        if (known.all() != now || !known.covers(at)) {
            known = PresentMaintenances.of(now, at);
            present = known;
        }
        return known;
    }
}
