package dev.sonde.store.authority;

import dev.sonde.tls.certificate.KeyMaterial;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;

/// Keys that were read from the database a moment ago: runs go on while it is away, and it is not
/// read for each of them. A key that another replica deleted is used for at most five more seconds
/// of a database that answers. Safe for any thread.
public final class RecentKeys {

    private static final long FRESH_NANOS = 5_000_000_000L;
    private static final int MOST = 1_000;

    private final LongSupplier ticker;

    /// Guarded by itself; the one that was added first leaves first.
    private final LinkedHashMap<String, Known> byName = new LinkedHashMap<>();

    private record Known(KeyMaterial material, long readNanos) {}

    /// @param ticker nanoseconds
    public RecentKeys(LongSupplier ticker) {
        this.ticker = ticker;
    }

    /// While one thread reads an aged one again, the others have the earlier one.
    ///
    /// @param read from the database
    Optional<KeyMaterial> get(String name, Supplier<Optional<KeyMaterial>> read) {
        long now = ticker.getAsLong();
        KeyMaterial known;
        synchronized (byName) {
            Known found = byName.get(name);
            known = found == null ? null : found.material();
            if (found != null && now - found.readNanos() < FRESH_NANOS) {
                return Optional.of(found.material());
            }
            byName.computeIfPresent(name, (_, old) -> new Known(old.material(), now));
        }
        try {
            Optional<KeyMaterial> found = read.get();
            found.ifPresentOrElse(material -> keep(name, material, now), () -> forget(name));
            return found;
        } catch (DataAccessException e) {
            if (known == null) {
                throw e;
            }
            return Optional.of(known);
        }
    }

    private void keep(String name, KeyMaterial material, long now) {
        synchronized (byName) {
            if (byName.size() >= MOST) {
                byName.pollFirstEntry();
            }
            byName.put(name, new Known(material, now));
        }
    }

    void forget(String name) {
        synchronized (byName) {
            byName.remove(name);
        }
    }
}
