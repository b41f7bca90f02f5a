package dev.sonde.tls.certificate;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The place in which the built-in authority keeps its own key and all that it has issued. Safe for
/// any thread; every method may block.
public interface AuthorityStore {

    /// The authority's own key and certificate. It stays the same.
    ///
    /// @param fresh makes the key that is kept if there is none yet
    /// @throws AuthorityOffException where keys cannot be kept
    KeyMaterial own(Supplier<KeyMaterial> fresh);

    /// Keeps a certificate with its key.
    ///
    /// @return false if the name is taken
    /// @throws AuthorityOffException where keys cannot be kept
    boolean add(String name, KeyMaterial material);

    /// The chain of this name, as it is now.
    Optional<IssuedCertificate> find(String name);

    /// The key and the chain that have this name. They may be some seconds old.
    Optional<KeyMaterial> get(String name);

    /// In the order of their names.
    ///
    /// @param after the name after which to begin; empty for the beginning
    List<IssuedCertificate> list(String after, int limit);

    /// Whether there was one.
    boolean delete(String name);
}
