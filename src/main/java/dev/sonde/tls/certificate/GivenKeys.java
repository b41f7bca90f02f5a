package dev.sonde.tls.certificate;

import dev.sonde.probe.spec.ClientIdentity;
import dev.sonde.probe.spec.PemSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Reads certificates and keys that others have made. No message shows a key. Safe for any thread;
/// every method may block.
public final class GivenKeys {

    private static final int MOST = 1_000;
    private static final byte[] TRIAL = new byte[32];

    /// Keys by their texts, because parsing takes milliseconds. Files are read for every probe, so
    /// new ones count at once. A full cache is emptied, because modules are few.
    private final ConcurrentMap<Texts, KeyMaterial> known = new ConcurrentHashMap<>();

    private record Texts(String chain, String key) {

        /// The name of the type, never the key.
        @Override
        public String toString() {
            return "Texts[]";
        }
    }

    /// Reads a key with its certificates.
    ///
    /// @throws IllegalArgumentException with a sentence for a person, when it cannot be presented
    public KeyMaterial read(ClientIdentity.Given given) {
        Texts texts =
                new Texts(
                        textOf("the client's certificate", given.chain()),
                        textOf("the client's key", given.key()));
        KeyMaterial before = known.get(texts);
        if (before != null) {
            return before;
        }
        KeyMaterial read =
                new KeyMaterial(Pem.privateKey(texts.key()), Pem.certificates(texts.chain()));
        if (!isPair(read.key(), read.chain().getFirst().getPublicKey())) {
            throw new IllegalArgumentException(
                    "the client's key is not that of the client's certificate");
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(texts, read);
        return read;
    }

    private static String textOf(String what, PemSource source) {
        return switch (source) {
            case PemSource.Text(String pem) -> pem;
            case PemSource.InFile(Path file) -> textOf(what, file);
        };
    }

    /// The text of a file, or of a source in PEM.
    ///
    /// @throws IllegalArgumentException with a sentence for a person
    public static String textOf(String what, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(what + " cannot be read: " + file, e);
        }
    }

    /// Whether what one signs the other verifies.
    private static boolean isPair(PrivateKey key, PublicKey other) {
        if (!key.getAlgorithm().equals(other.getAlgorithm())) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance(signatureOf(key));
            signature.initSign(key);
            signature.update(TRIAL);
            byte[] signed = signature.sign();
            signature.initVerify(other);
            signature.update(TRIAL);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static String signatureOf(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "EdDSA";
        };
    }
}
