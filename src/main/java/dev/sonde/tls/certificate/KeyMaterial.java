package dev.sonde.tls.certificate;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/// A private key and the certificates that vouch for it, the key's own first.
public record KeyMaterial(PrivateKey key, List<X509Certificate> chain) {

    public KeyMaterial {
        chain = List.copyOf(chain);
    }

    /// The key in PEM, PKCS#8: for the one who asked for it, and for nobody else.
    public String keyPem() {
        return Pem.of(key);
    }

    /// The key and its chain in PEM: for a store that encrypts it.
    public String toPem() {
        return keyPem() + Pem.of(chain);
    }

    /// Reads what [#toPem] wrote.
    ///
    /// @throws IllegalArgumentException when it lacks a key or a certificate
    public static KeyMaterial ofPem(String pem) {
        return new KeyMaterial(Pem.privateKey(pem), Pem.certificates(pem));
    }

    /// The subject of the certificate, never the key.
    @Override
    public String toString() {
        return "KeyMaterial[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
