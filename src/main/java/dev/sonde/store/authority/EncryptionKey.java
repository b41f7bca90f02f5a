package dev.sonde.store.authority;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A key for AES-256-GCM (NIST SP 800-38D) and the id that rows carry: 64 bits of its hash. Safe
/// for any thread.
final class EncryptionKey {

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int ID_BYTES = 8;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final String id;

    private EncryptionKey(byte[] bytes) {
        this.key = new SecretKeySpec(bytes, "AES");
        this.id = idOf(bytes);
    }

    /// @throws IllegalArgumentException where it is not 32 bytes in Base64; the message shows
    ///     nothing of it
    static EncryptionKey ofBase64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("a key is not Base64");
        }
        if (bytes.length != KEY_BYTES) {
            throw new IllegalArgumentException(
                    "a key has %d bytes, not %d".formatted(bytes.length, KEY_BYTES));
        }
        return new EncryptionKey(bytes);
    }

    /// A new key in Base64.
    static String fresh() {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String idOf(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    String id() {
        return id;
    }

    /// In Base64.
    ///
    /// @param name bound to the text: under another name it does not decrypt
    String encrypt(String name, String text) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, name)
                            .doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] body = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, body, NONCE_BYTES, sealed.length);
            return Base64.getEncoder().encodeToString(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-256-GCM", e);
        }
    }

    /// Empty where this key did not make the body, or where somebody changed it.
    Optional<String> decrypt(String name, String base64) {
        try {
            byte[] body = Base64.getDecoder().decode(base64);
            if (body.length < NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] text =
                    cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(body, NONCE_BYTES), name)
                            .doFinal(body, NONCE_BYTES, body.length - NONCE_BYTES);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String name) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
