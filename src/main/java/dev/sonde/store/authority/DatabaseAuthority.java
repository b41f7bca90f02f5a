package dev.sonde.store.authority;

import dev.sonde.start.Reload;
import dev.sonde.start.StartException;
import dev.sonde.store.authority.AuthorityRows.Row;
import dev.sonde.tls.certificate.AuthorityFolder;
import dev.sonde.tls.certificate.AuthorityOffException;
import dev.sonde.tls.certificate.AuthorityStore;
import dev.sonde.tls.certificate.IssuedCertificate;
import dev.sonde.tls.certificate.KeyMaterial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The authority in the database, the same at each replica. Each row is encrypted as a whole. Safe
/// for any thread.
public final class DatabaseAuthority implements AuthorityStore, Reload {

    private static final String OFF =
            "the built-in authority is off, because spring.datasource.url is set and"
                    + " sonde.authority.key-file is not. Set it to a file with the same key at every"
                    + " replica (openssl rand -base64 32)";

    private final AuthorityRows rows;
    private final AuthorityMove move;
    private final RecentKeys recent;

    /// Absent where the authority is off.
    private final @Nullable KeyFile file;

    /// Written under the lock by the start, by the first use and by a reload; read by any thread.
    /// Absent until a key exists.
    private volatile @Nullable KeyRing ring;

    /// Whether what an earlier version kept in files is in the database; guarded by the lock.
    private boolean isTakenOver;

    /// Reads the keys, and the authority where there is one.
    ///
    /// @param file absent where the authority is off
    /// @param earlier where an earlier version kept it
    /// @throws StartException where the keys do not decrypt what the database holds
    public DatabaseAuthority(
            AuthorityRows rows,
            @Nullable KeyFile file,
            AuthorityFolder earlier,
            RecentKeys recent) {
        this.rows = rows;
        this.file = file;
        this.move = new AuthorityMove(rows, earlier);
        this.recent = recent;
        use(file);
    }

    @Override
    public String part() {
        return "authority keys";
    }

    /// Reads the key file again, and encrypts under its first key what is under another one.
    @Override
    public void reload() {
        use(file);
    }

    private synchronized void use(@Nullable KeyFile from) {
        if (from == null) {
            return;
        }
        KeyRing read = from.read().orElse(null);
        List<String> missing = new ArrayList<>(rows.keyIds());
        missing.removeAll(read == null ? List.of() : read.ids());
        if (!missing.isEmpty() || (read != null && !decryptsOwn(read))) {
            throw new StartException(
                    "sonde.authority.key-file=%s does not decrypt the authority in the database."
                                    .formatted(from.path())
                            + " The database needs the keys %s, the file has %s."
                                    .formatted(missing, read == null ? List.of() : read.ids()),
                    "Give the file back the key under which the authority was encrypted. No new"
                            + " authority is made.");
        }
        if (read != null) {
            rows.notUnder(read.first().id()).forEach(row -> renew(row, read));
            ring = read;
        }
    }

    private boolean decryptsOwn(KeyRing keys) {
        return rows.find(AuthorityRows.OWN).map(row -> keys.open(row).isPresent()).orElse(true);
    }

    private void renew(Row row, KeyRing keys) {
        keys.open(row).ifPresent(text -> rows.replace(row, keys.seal(row.name(), text)));
    }

    @Override
    public KeyMaterial own(Supplier<KeyMaterial> fresh) {
        KeyRing keys = ready();
        if (rows.find(AuthorityRows.OWN).isEmpty()) {
            rows.add(List.of(keys.seal(AuthorityRows.OWN, fresh.get().toPem())));
        }
        return rows.find(AuthorityRows.OWN)
                .flatMap(this::material)
                .orElseThrow(
                        () -> new IllegalStateException("the authority's own row is unreadable"));
    }

    @Override
    public boolean add(String name, KeyMaterial material) {
        return rows.add(List.of(ready().seal(name, material.toPem())));
    }

    @Override
    public Optional<IssuedCertificate> find(String name) {
        return holdsNothing() ? Optional.empty() : rows.find(name).flatMap(this::issued);
    }

    @Override
    public Optional<KeyMaterial> get(String name) {
        return holdsNothing()
                ? Optional.empty()
                : recent.get(name, () -> rows.find(name).flatMap(this::material));
    }

    @Override
    public List<IssuedCertificate> list(String after, int limit) {
        return holdsNothing()
                ? List.of()
                : rows.list(after, limit).stream().flatMap(row -> issued(row).stream()).toList();
    }

    @Override
    public boolean delete(String name) {
        boolean wasThere = !holdsNothing() && rows.delete(name);
        recent.forget(name);
        return wasThere;
    }

    /// Whether the authority is off, or nothing was ever kept.
    private boolean holdsNothing() {
        if (file == null || (ring == null && !move.isNeeded())) {
            return true;
        }
        ready();
        return false;
    }

    /// The keys, after what an earlier version kept in files has been taken over.
    private synchronized KeyRing ready() {
        if (file == null) {
            throw new AuthorityOffException(OFF);
        }
        KeyRing keys = ring;
        if (keys == null) {
            keys = file.make();
            ring = keys;
        }
        if (!isTakenOver) {
            move.run(keys);
            isTakenOver = true;
        }
        return keys;
    }

    /// Empty for a row that somebody changed, or that another replica has put under a newer key.
    private Optional<KeyMaterial> material(Row row) {
        KeyRing keys = ring;
        return keys == null ? Optional.empty() : keys.material(row);
    }

    private Optional<IssuedCertificate> issued(Row row) {
        return material(row).map(found -> IssuedCertificate.of(row.name(), found.chain()));
    }
}
