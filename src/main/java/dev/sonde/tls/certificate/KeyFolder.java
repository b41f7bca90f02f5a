package dev.sonde.tls.certificate;

import dev.sonde.start.OwnerPermissions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Keys and chains in a folder that only the service's user can read: `NAME.key` and `NAME.pem`. An
/// entry exists if its `.pem` exists. The key is written before the chain and deleted after it, so
/// no entry lacks its key.
final class KeyFolder {

    private static final String CHAIN = ".pem";
    private static final String KEY = ".key";

    private final Path folder;

    /// Makes the folder if it is not there.
    KeyFolder(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder, OwnerPermissions.ofDirectory());
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for keys: " + folder, e);
        }
    }

    boolean contains(String name) {
        return Files.exists(folder.resolve(name + CHAIN));
    }

    void put(String name, KeyMaterial material) {
        write(name + KEY, material.keyPem());
        write(name + CHAIN, Pem.of(material.chain()));
    }

    Optional<KeyMaterial> get(String name) {
        return contains(name)
                ? Optional.of(
                        new KeyMaterial(
                                Pem.privateKey(read(name + KEY)),
                                Pem.certificates(read(name + CHAIN))))
                : Optional.empty();
    }

    Optional<IssuedCertificate> chain(String name) {
        return contains(name)
                ? Optional.of(IssuedCertificate.of(name, Pem.certificates(read(name + CHAIN))))
                : Optional.empty();
    }

    /// The names of all entries in alphabetical order.
    List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(CHAIN))
                    .map(file -> file.substring(0, file.length() - CHAIN.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether there was something.
    boolean delete(String name) {
        try {
            boolean wasThere = Files.deleteIfExists(folder.resolve(name + CHAIN));
            Files.deleteIfExists(folder.resolve(name + KEY));
            return wasThere;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The file exists completely or not at all, and was never readable by others.
    private void write(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Path fresh = Files.createTempFile(folder, ".new-", "", OwnerPermissions.ofFile());
            Files.writeString(fresh, text);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be written: " + file, e);
        }
    }

    private String read(String name) {
        Path file = folder.resolve(name);
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new IllegalStateException("missing: " + file, e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot be read: " + file, e);
        }
    }
}
