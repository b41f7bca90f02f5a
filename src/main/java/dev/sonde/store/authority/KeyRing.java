package dev.sonde.store.authority;

import java.util.List;
import java.util.Optional;

/// The keys of a key file: the first one encrypts, each decrypts what it has encrypted. Immutable.
///
/// @param keys at least one
record KeyRing(List<EncryptionKey> keys) {

    /// @param text lines of one key each; empty lines and those that begin with `#` are skipped
    /// @throws IllegalArgumentException where it holds no key, or a line that is none
    static KeyRing parse(String text) {
        List<EncryptionKey> keys =
                text.lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .map(EncryptionKey::ofBase64)
                        .toList();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("no key");
        }
        return new KeyRing(keys);
    }

    EncryptionKey first() {
        return keys.getFirst();
    }

    Optional<EncryptionKey> of(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    List<String> ids() {
        return keys.stream().map(EncryptionKey::id).toList();
    }
}
