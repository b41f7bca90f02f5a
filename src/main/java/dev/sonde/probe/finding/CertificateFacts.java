package dev.sonde.probe.finding;

import java.time.Instant;
import java.util.List;

/// Facts of a certificate that a peer presented.
///
/// @param subject a distinguished name (RFC 2253)
/// @param names DNS names and addresses that it vouches for
/// @param serialNumber hexadecimal, lower case
/// @param fingerprintSha256 of its encoding, hexadecimal, lower case
public record CertificateFacts(
        String subject,
        String issuer,
        List<String> names,
        String serialNumber,
        String fingerprintSha256,
        Instant notBefore,
        Instant notAfter) {

    public CertificateFacts {
        names = List.copyOf(names);
    }
}
