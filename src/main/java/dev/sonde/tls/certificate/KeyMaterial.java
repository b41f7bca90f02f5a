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

    /// Never the key.
    @Override
    public String toString() {
        return "KeyMaterial[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
