package dev.sonde.probe.finding;

import dev.sonde.probe.spec.Phase;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Facts of a TLS handshake, also of one that failed.
///
/// @param version as [TlsVersion#word]; absent if none was agreed on
/// @param cipher the suite's name; absent likewise
/// @param alpn the protocol that was agreed on
/// @param serverName the name that the certificate had to bear
/// @param chain the presented certificates, the peer's own first; empty if none came
/// @param isVerified whether the chain and the name were valid; absent if nothing was verified
/// @param verifiedUntil the least NotAfter of the chain that was verified, its authority included
/// @param isOcspStapled whether a staple came with it; absent if the handshake ended earlier
/// @param isClientAsked whether the peer asked for a client's certificate
/// @param ocsp content of the staple; absent if none came
public record TlsReport(
        @Nullable String version,
        @Nullable String cipher,
        @Nullable String alpn,
        String serverName,
        List<CertificateFacts> chain,
        @Nullable Boolean isVerified,
        @Nullable Instant verifiedUntil,
        @Nullable Boolean isOcspStapled,
        boolean isClientAsked,
        @Nullable OcspStaple ocsp)
        implements StepReport {

    public TlsReport {
        chain = List.copyOf(chain);
    }

    /// The end of the presented chain's validity: that of the verified chain, else the earliest
    /// NotAfter of the presented certificates.
    ///
    /// @throws IllegalStateException where no certificate came
    public Instant endOfValidity() {
        Instant end = verifiedUntil;
        if (end == null) {
            end =
                    chain.stream()
                            .map(CertificateFacts::notAfter)
                            .min(Instant::compareTo)
                            .orElseThrow(
                                    () ->
                                            new IllegalStateException(
                                                    "no certificate was presented"));
        }
        return end;
    }

    @Override
    public Phase phase() {
        return Phase.TLS;
    }
}
