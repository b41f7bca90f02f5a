package dev.sonde.tls.certificate;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.jspecify.annotations.Nullable;

/// Certificates and keys in their textual form (RFC 7468).
public final class Pem {

    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private Pem() {}

    /// The certificates one after another.
    public static String of(List<X509Certificate> certificates) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            try {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate without an encoding", e);
            }
        }
        return text.toString();
    }

    static String of(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /// Every certificate of a text; whatever else it holds is passed over.
    ///
    /// @throws IllegalArgumentException when it holds none, or one that cannot be read
    public static List<X509Certificate> certificates(String text) {
        List<X509Certificate> read = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                read.add(certificate(decoded(block.group(2))));
            }
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException("no certificate in PEM");
        }
        return read;
    }

    /// Every certificate of a bundle that can be read: one that cannot costs only itself.
    ///
    /// @throws IllegalArgumentException when none can be read
    public static List<X509Certificate> readable(String text) {
        List<X509Certificate> read = new ArrayList<>();
        Matcher block = BLOCK.matcher(text);
        while (block.find()) {
            if (block.group(1).equals("CERTIFICATE")) {
                try {
                    read.add(certificate(decoded(block.group(2))));
                } catch (IllegalArgumentException _) {
                    // Such as one of an algorithm that the JDK does not know.
                }
            }
        }
        if (read.isEmpty()) {
            throw new IllegalArgumentException("no certificate in PEM that can be read");
        }
        return read;
    }

    /// The first private key of a text, without a password: in PKCS#8, or as OpenSSL wrote keys
    /// before that, in PKCS#1 (RSA) and SEC 1 (EC).
    ///
    /// @throws IllegalArgumentException when it holds none that can be read; the message says
    ///     nothing of what it holds
    public static PrivateKey privateKey(String text) {
        PEMParser parser = new PEMParser(new StringReader(text));
        for (Object block = next(parser); block != null; block = next(parser)) {
            switch (block) {
                case PrivateKeyInfo key -> {
                    return privateKey(key);
                }
                case PEMKeyPair pair -> {
                    return privateKey(pair.getPrivateKeyInfo());
                }
                case PKCS8EncryptedPrivateKeyInfo _, PEMEncryptedKeyPair _ ->
                        throw new IllegalArgumentException("a private key with a password");
                default -> {} // a certificate, or the parameters of a curve
            }
        }
        throw new IllegalArgumentException("no private key in PEM");
    }

    /// The cause is left out, because its text may show the content.
    private static @Nullable Object next(PEMParser parser) {
        try {
            return parser.readObject();
        } catch (IOException | RuntimeException _) {
            throw new IllegalArgumentException("a PEM block that cannot be read");
        }
    }

    private static PrivateKey privateKey(PrivateKeyInfo info) {
        try {
            return privateKey(info.getEncoded());
        } catch (IOException _) {
            throw new IllegalArgumentException("a private key that cannot be read");
        }
    }

    private static PrivateKey privateKey(byte[] encoded) {
        for (String algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (GeneralSecurityException _) {
                // A key of another algorithm; the next one is tried.
            }
        }
        throw new IllegalArgumentException("a private key that is neither EC, RSA nor EdDSA");
    }

    private static X509Certificate certificate(byte[] encoded) {
        try {
            Certificate read =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(encoded));
            return (X509Certificate) read;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("a certificate that cannot be read", e);
        }
    }

    private static byte[] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a PEM block that is no Base64", e);
        }
    }

    private static String block(String type, byte[] encoded) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, LINES.encodeToString(encoded), type);
    }
}
