package dev.sonde.api.certificate;

/// Examples of certificates in the API's description. No key stands in any of them.
final class CertificateExamples {

    static final String REQUEST =
            """
            {"name": "server-a", "kind": "server", "hosts": ["db.example", "127.0.0.1"], \
            "validFor": "24h"}""";

    static final String PEM =
            """
            -----BEGIN CERTIFICATE-----
            MIIBhTCCASugAwIBAgIQ...
            -----END CERTIFICATE-----
            """;

    static final String CERTIFICATE =
            """
            {"name": "server-a", "kind": "server", "hosts": ["db.example", "127.0.0.1"], \
            "serialNumber": "5f1d8a0c5b7e4e1f9a3b6c2d1e0f4a5b", \
            "fingerprintSha256": \
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", \
            "notBefore": "2026-11-20T09:55:00Z", "notAfter": "2026-11-21T10:00:00Z", \
            "certificate": "-----BEGIN CERTIFICATE-----...", \
            "chain": "-----BEGIN CERTIFICATE-----..."}""";

    static final String PAGE = "{\"items\": [" + CERTIFICATE + "]}";

    private CertificateExamples() {}
}
