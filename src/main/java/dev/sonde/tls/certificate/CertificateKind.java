package dev.sonde.tls.certificate;

import org.bouncycastle.asn1.x509.KeyPurposeId;

/// Which end of a connection a certificate is for (RFC 5280 section 4.2.1.12).
public enum CertificateKind {
    SERVER,
    CLIENT;

    KeyPurposeId purpose() {
        return switch (this) {
            case SERVER -> KeyPurposeId.id_kp_serverAuth;
            case CLIENT -> KeyPurposeId.id_kp_clientAuth;
        };
    }
}
