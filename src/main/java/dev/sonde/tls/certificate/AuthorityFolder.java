package dev.sonde.tls.certificate;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The authority in files without encryption: `ca.key`, `ca.pem`, and the rest in `issued`. The
/// command line uses it; earlier versions of the service did.
public final class AuthorityFolder implements AuthorityStore {

    private static final String CA = "ca";

    private final Path directory;

    /// Made on first use; guarded by this object's lock, like the files.
    private @Nullable Folders folders;

    private record Folders(KeyFolder own, KeyFolder issued) {}

    /// @param directory which is made when something is first kept
    public AuthorityFolder(Path directory) {
        this.directory = directory;
    }

    /// Whether there is an authority in it.
    public boolean isPresent() {
        return Files.exists(directory.resolve(CA + ".pem"));
    }

    @Override
    public synchronized KeyMaterial own(Supplier<KeyMaterial> fresh) {
        KeyFolder own = folders().own();
        if (!own.contains(CA)) {
            own.put(CA, fresh.get());
        }
        return own.get(CA).orElseThrow();
    }

    @Override
    public synchronized boolean add(String name, KeyMaterial material) {
        KeyFolder issued = folders().issued();
        if (issued.contains(name)) {
            return false;
        }
        issued.put(name, material);
        return true;
    }

    @Override
    public synchronized Optional<IssuedCertificate> find(String name) {
        return folders().issued().chain(name);
    }

    @Override
    public synchronized Optional<KeyMaterial> get(String name) {
        return folders().issued().get(name);
    }

    @Override
    public synchronized List<IssuedCertificate> list(String after, int limit) {
        KeyFolder issued = folders().issued();
        return issued.names().stream()
                .filter(name -> name.compareTo(after) > 0)
                .limit(limit)
                .flatMap(name -> issued.chain(name).stream())
                .toList();
    }

    @Override
    public synchronized boolean delete(String name) {
        return folders().issued().delete(name);
    }

    /// Deletes all of it; the authority itself last.
    public synchronized void clear() {
        Folders open = folders();
        open.issued().names().forEach(open.issued()::delete);
        open.own().delete(CA);
    }

    private Folders folders() {
        Folders open = folders;
        if (open == null) {
            open =
                    new Folders(
                            new KeyFolder(directory), new KeyFolder(directory.resolve("issued")));
            folders = open;
        }
        return open;
    }
}
