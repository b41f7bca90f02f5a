package dev.sonde.store.authority;

import dev.sonde.start.OwnerPermissions;
import dev.sonde.start.StartException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// The file of the keys under which the authority is encrypted.
///
/// @param isOwn whether the service makes it
public record KeyFile(Path path, boolean isOwn) {

    private static final String REMEDY =
            "Give a file that this user can read, with one key a line (openssl rand -base64 32).";

    /// Empty where it is the service's own and does not exist yet.
    ///
    /// @throws StartException where it cannot be read, or holds something else
    Optional<KeyRing> read() {
        try {
            return Optional.of(KeyRing.parse(Files.readString(path)));
        } catch (NoSuchFileException e) {
            if (isOwn) {
                return Optional.empty();
            }
            throw unusable("it does not exist", e);
        } catch (CharacterCodingException e) {
            throw unusable("it is no text", e);
        } catch (IOException e) {
            throw unusable("it cannot be read", e);
        } catch (IllegalArgumentException e) {
            throw unusable(String.valueOf(e.getMessage()), e);
        }
    }

    /// Makes it with a new key. The file exists completely or not at all.
    KeyRing make() {
        try {
            Path folder = path.toAbsolutePath().getParent();
            Files.createDirectories(folder, OwnerPermissions.ofDirectory());
            Path fresh = Files.createTempFile(folder, ".new-", "", OwnerPermissions.ofFile());
            Files.writeString(fresh, EncryptionKey.fresh() + "\n");
            Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException _) {
            // Another thread was first.
        } catch (IOException e) {
            throw unusable("it cannot be written", e);
        }
        return read().orElseThrow();
    }

    private StartException unusable(String reason, Exception cause) {
        return new StartException(
                "sonde.authority.key-file=%s cannot be used: %s.".formatted(path, reason),
                REMEDY,
                cause);
    }
}
