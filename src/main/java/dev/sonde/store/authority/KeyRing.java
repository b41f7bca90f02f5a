package dev.sonde.store.authority;

import dev.sonde.store.authority.AuthorityRows.Row;
import dev.sonde.tls.certificate.KeyMaterial;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of a key file: the first one encrypts, each decrypts what it has encrypted. Immutable.
///
/// @param keys at least one
record KeyRing(List<EncryptionKey> keys) {

    private static final Logger log = LoggerFactory.getLogger(KeyRing.class);

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

    /// A row that the first key encrypts.
    Row seal(String name, String text) {
        return new Row(name, first().id(), first().encrypt(name, text));
    }

    /// The text of a row; empty where none of the keys decrypts it.
    Optional<String> open(Row row) {
        return of(row.keyId()).flatMap(key -> key.decrypt(row.name(), row.body()));
    }

    /// Empty for a row that somebody changed, or that another replica has put under a newer key.
    Optional<KeyMaterial> material(Row row) {
        Optional<KeyMaterial> found = open(row).map(KeyMaterial::ofPem);
        if (found.isEmpty()) {
            log.atWarn()
                    .addKeyValue("name", row.name())
                    .addKeyValue("key", row.keyId())
                    .log("a certificate in the database cannot be decrypted");
        }
        return found;
    }
}
