package dev.sonde.lab;

import dev.sonde.tls.certificate.CertificateAuthority;
import dev.sonde.tls.certificate.CertificateKind;
import dev.sonde.tls.certificate.CertificateSpec;
import dev.sonde.tls.certificate.KeyMaterial;
import java.time.Duration;
import java.util.List;

/// Certificates of an authority, good for a day.
public final class Certificates {

    private static final Duration VALID_FOR = Duration.ofDays(1);

    private Certificates() {}

    public static KeyMaterial server(CertificateAuthority from, String name, String... hosts) {
        return issue(from, name, CertificateKind.SERVER, hosts);
    }

    public static KeyMaterial client(CertificateAuthority from, String name, String... hosts) {
        return issue(from, name, CertificateKind.CLIENT, hosts);
    }

    private static KeyMaterial issue(
            CertificateAuthority from, String name, CertificateKind kind, String... hosts) {
        return from.issue(new CertificateSpec(name, kind, List.of(hosts), VALID_FOR))
                .orElseThrow()
                .keys();
    }
}
